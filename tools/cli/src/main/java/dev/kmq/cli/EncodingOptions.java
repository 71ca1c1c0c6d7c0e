package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.image.Metric;
import dev.kmq.picture.PictureReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for reading and encoding images. */
final class EncodingOptions {
  @Option(
      names = "--max-decoding-cost",
      paramLabel = "N",
      description =
          "Use methods of up to N ns per pixel: packed 1, deflate 4, rans 20, mix 400, 700 with"
              + " matches.")
  @Nullable Integer maxDecodingCost;

  @Option(
      names = "--rdo",
      paramLabel = "LAMBDA",
      description = "Trade error for size: 1 is mild, 5 strong; slow.")
  @Nullable Double rdo;

  @Option(
      names = "--tile",
      paramLabel = "WxH|full",
      converter = TileSize.Converter.class,
      description =
          "Powers of two from 16, or full (default: full up to 2^22 pixels; above 1024x1024,"
              + " mix 512x512).")
  @Nullable TileSize tile;

  @Mixin TransparencyOptions transparency = new TransparencyOptions();
  @Mixin SourceOptions source = new SourceOptions();
  @Mixin QuantizeOptions quantize = new QuantizeOptions();

  /**
   * Sides of tiles in pixels, 0 for the full extent.
   *
   * @param width power of two from 16, or 0
   * @param height power of two from 16, or 0
   */
  record TileSize(int width, int height) {
    static final class Converter implements ITypeConverter<TileSize> {
      @Override
      public TileSize convert(String value) {
        if (value.equals("full")) {
          return new TileSize(0, 0);
        }
        if (!value.matches("[1-9]\\d{0,8}x[1-9]\\d{0,8}")) {
          throw new TypeConversionException("'" + value + "' is not WxH or full");
        }
        int x = value.indexOf('x');
        return new TileSize(
            Integer.parseInt(value.substring(0, x)), Integer.parseInt(value.substring(x + 1)));
      }
    }
  }

  void check() {
    transparency.check();
  }

  /**
   * A reader of images.
   *
   * @param withSrgb whether something else is in sRGB: a given palette, or a page; colours to be
   *     kept are, and Oklab is that of sRGB, so images are converted then too
   */
  PictureReader reader(Limits limits, boolean withSrgb) {
    boolean srgb =
        source.toSrgb
            || withSrgb
            || !quantize.keepColors.isEmpty()
            || quantize.metric == Metric.OKLAB;
    return new PictureReader(limits, source.metadata, srgb, transparency.backdrop());
  }

  /**
   * Keeps the method and the tile size of a file unless options choose them.
   *
   * @param methodChosen whether an option chooses the method
   */
  void keep(EncodeOptions.Builder builder, @Nullable Header header, boolean methodChosen) {
    if (header != null && !methodChosen && maxDecodingCost == null && rdo == null) {
      builder.methods(header.method());
    }
    if (header != null && tile == null) {
      builder.tileSize(header.tiling());
    }
  }

  /** All but the palette, the metric and dithering. */
  EncodeOptions.Builder builder(int threads, List<Method> methods) {
    EncodeOptions.Builder builder =
        EncodeOptions.builder()
            .threads(threads)
            .effort(quantize.effort)
            .methods(methods.toArray(Method[]::new));
    if (maxDecodingCost != null) {
      builder.maxDecodingCost(maxDecodingCost);
    }
    if (rdo != null) {
      builder.rdo(rdo);
    }
    if (tile != null) {
      builder.tileSize(tile.width(), tile.height());
    }
    return builder;
  }
}
