package dev.kmq.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kmq.image.Palette;
import java.io.IOException;

/** The scale of error maps as data of a page, which draws the maps itself. */
final class PageScale {
  private PageScale() {}

  static void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("scale");
    json.writeArrayFieldStart("colors");
    Palette palette = ErrorScale.palette();
    for (int i = 0; i < palette.size(); i++) {
      json.writeNumber(palette.argb(i) & 0xFFFFFF);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("thresholds");
    for (long threshold : ErrorScale.thresholds()) {
      json.writeNumber(threshold);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
