package dev.kmq.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Method;
import dev.kmq.file.FailedInput;
import dev.kmq.image.ColorError;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report on one image at several K: images, table, plot, palettes and error maps. */
public final class SweepPage {
  /** Largest number of colours of an indexed PNG. */
  private static final int INDEXED_PNG_COLORS = 256;

  /** Qualities of the JPEG files that the plot shows for comparison. */
  private static final int[] QUALITIES = {20, 40, 60, 75, 85, 92, 97};

  /**
   * The image at one K.
   *
   * @param name shown to the user
   * @param pngBytes size as PNG
   */
  public record Indexed(String name, int k, long pngBytes, Measures measures, IndexedImage image) {
    int colors() {
      return image.palette().size();
    }
  }

  /**
   * A file of an image.
   *
   * @param bytes its size
   * @param command that writes it, or null if no command can name the input
   */
  public record Row(String method, long bytes, @Nullable String command) {}

  private final String title;
  private final long inputBytes;
  private final PixelSource original;
  private final Raster raster;
  private final List<Entry> entries = new ArrayList<>();

  /** An image, and its files. */
  private record Entry(Indexed image, PageImage embedded, List<Row> rows) {}

  /**
   * A report without rows.
   *
   * @param title the name of the input
   * @throws FailedInput if the image is too large to be shown
   */
  public SweepPage(String title, long inputBytes, PixelSource original) throws FailedInput {
    PageImage.check(original);
    this.title = title;
    this.inputBytes = inputBytes;
    this.original = original;
    this.raster = Raster.of(original);
  }

  /**
   * Adds the image at one K; {@link #add(Row)} adds its files.
   *
   * @param threads for encoding it
   */
  public void add(Indexed image, int threads) throws IOException {
    // Whatever the methods of the files: small, and pages decode it fast.
    EncodeOptions options = EncodeOptions.builder().methods(Method.RANS).threads(threads).build();
    PageImage embedded = PageImage.kmq(image.name(), Kmq.encode(image.image(), options));
    entries.add(new Entry(image, embedded, new ArrayList<>()));
  }

  /** Adds a file of the latest image. */
  public void add(Row row) {
    entries.get(entries.size() - 1).rows.add(row);
  }

  /**
   * Writes the page; the stream stays open.
   *
   * @param threads for measuring the JPEG files
   */
  public void writeTo(OutputStream out, int threads) throws IOException {
    List<Reference> references = references(threads);
    HtmlPage.write(
        out,
        title,
        json -> {
          json.writeStringField("kind", "sweep");
          json.writeStringField("title", title);
          json.writeNumberField("width", original.width());
          json.writeNumberField("height", original.height());
          json.writeBooleanField("alpha", raster.hasAlpha());
          json.writeNumberField("inputBytes", inputBytes);
          PageScale.writeTo(json);
          json.writeArrayFieldStart("images");
          PageImage.png("Original", raster).writeTo(json);
          for (Entry entry : entries) {
            entry.embedded.writeTo(json);
          }
          json.writeEndArray();
          writeRows(json);
          json.writeArrayFieldStart("references");
          for (Reference reference : references) {
            reference.writeTo(json);
          }
          json.writeEndArray();
        });
  }

  private void writeRows(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("rows");
    for (int i = 0; i < entries.size(); i++) {
      Indexed image = entries.get(i).image;
      for (Row row : entries.get(i).rows) {
        json.writeStartObject();
        json.writeNumberField("image", i + 1); // after the original
        json.writeNumberField("k", image.k());
        json.writeNumberField("colors", image.colors());
        json.writeStringField("method", row.method());
        json.writeNumberField("bytes", row.bytes());
        json.writeNumberField("pngBytes", image.pngBytes());
        image.measures().writeTo(json);
        json.writeStringField("command", row.command());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /** A file of another format in the plot. */
  private record Reference(String format, String name, long bytes, Measures measures) {
    void writeTo(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("format", format);
      json.writeStringField("name", name);
      json.writeNumberField("bytes", bytes);
      measures.writeTo(json);
      json.writeEndObject();
    }
  }

  /** The images as PNG, and the original as JPEG unless it has alpha, which JPEG has not. */
  private List<Reference> references(int threads) throws IOException {
    List<Reference> references = new ArrayList<>();
    for (Entry entry : entries) {
      Indexed image = entry.image;
      String format = image.colors() <= INDEXED_PNG_COLORS ? "PNG8" : "PNG";
      references.add(new Reference(format, image.name(), image.pngBytes(), image.measures()));
    }
    if (!raster.hasAlpha()) {
      for (int quality : QUALITIES) {
        byte[] file = raster.jpeg(quality);
        PixelSource other = Raster.ofJpeg(file);
        Measures measures =
            Measures.of(original, other, ColorError.of(original, other, 0), threads);
        references.add(new Reference("JPEG", "quality " + quality, file.length, measures));
      }
    }
    return references;
  }
}
