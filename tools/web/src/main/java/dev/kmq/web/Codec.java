package dev.kmq.web;

import dev.kmq.EncodeOptions;
import dev.kmq.Kmq;
import dev.kmq.container.Method;
import dev.kmq.image.Dither;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.util.Locale;
import org.teavm.jso.JSExport;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;

/** The codec as functions of a module for JavaScript. */
public final class Codec {
  private Codec() {}

  /** An entry point that the compiler wants. */
  public static void main(String[] args) {}

  @JSExport
  public static Int8Array encode(
      int width, int height, Int32Array argb, int colors, String method, String dither) {
    EncodeOptions options =
        EncodeOptions.builder()
            .colors(colors)
            .methods(Method.valueOf(method.toUpperCase(Locale.ROOT)))
            .dither(Dither.valueOf(dither.toUpperCase(Locale.ROOT)))
            .threads(1)
            .build();
    int[] pixels = argb.copyToJavaArray();
    return Int8Array.copyFromJavaArray(Kmq.encode(PixelSource.of(width, height, pixels), options));
  }

  @JSExport
  public static Int32Array decode(Int8Array file) throws IOException {
    IndexedImage image = Kmq.decode(file.copyToJavaArray());
    return Int32Array.copyFromJavaArray(image.toArgb());
  }
}
