package dev.kmq.cli.report;

import dev.kmq.file.FailedInput;
import dev.kmq.image.PixelSource;
import dev.kmq.metrics.Comparison;
import java.io.IOException;
import java.io.OutputStream;

/** The report on two images: both, the measures of their difference, and an error map. */
public final class ComparePage {
  private ComparePage() {}

  /** Refuses an image that a page cannot show. */
  public static void check(PixelSource pixels) throws FailedInput {
    PageImage.check(pixels);
  }

  /**
   * Writes the page; the stream stays open.
   *
   * @param a name of the original
   * @param b name of the other image, of the same size
   */
  public static void write(
      OutputStream out,
      String a,
      PixelSource original,
      String b,
      PixelSource other,
      Comparison found)
      throws IOException {
    String title = b + " and " + a;
    boolean ambiguous = fileName(a).equals(fileName(b));
    Raster first = Raster.of(original);
    Raster second = Raster.of(other);
    HtmlPage.write(
        out,
        title,
        json -> {
          json.writeStringField("kind", "compare");
          json.writeStringField("title", title);
          json.writeNumberField("width", original.width());
          json.writeNumberField("height", original.height());
          json.writeBooleanField("alpha", first.hasAlpha() || second.hasAlpha());
          PageScale.writeTo(json);
          json.writeArrayFieldStart("images");
          PageImage.png(ambiguous ? a : fileName(a), first).writeTo(json);
          PageImage.png(ambiguous ? b : fileName(b), second).writeTo(json);
          json.writeEndArray();
          json.writeObjectFieldStart("measures");
          Measures.of(found).writeTo(json);
          json.writeEndObject();
        });
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
