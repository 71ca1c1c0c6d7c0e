package dev.kmq.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kmq.file.FailedInput;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.util.Locale;

/** An image embedded in a page: a file as {@code .kmq} or PNG. */
final class PageImage {
  /** Browsers on phones show no larger canvases. */
  private static final long MAX_PIXELS = 1 << 24;

  private static final int MAX_SIDE = 1 << 14;

  private final String name;
  private final String format;
  private final byte[] file;

  private PageImage(String name, String format, byte[] file) {
    this.name = name;
    this.format = format;
    this.file = file;
  }

  static PageImage kmq(String name, byte[] file) {
    return new PageImage(name, "kmq", file);
  }

  static PageImage png(String name, Raster raster) throws IOException {
    return new PageImage(name, "png", raster.png());
  }

  /** Refuses an image that browsers could not show. */
  static void check(PixelSource pixels) throws FailedInput {
    long width = pixels.width();
    long height = pixels.height();
    if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
      throw new FailedInput(
          String.format(
              Locale.ROOT,
              "is too large for --report: it has %dx%d pixels, and browsers show up to %d, sides up"
                  + " to %d; cut a part out of it, or leave out --report",
              width,
              height,
              MAX_PIXELS,
              MAX_SIDE));
    }
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("format", format);
    json.writeBinaryField("file", file);
    json.writeEndObject();
  }
}
