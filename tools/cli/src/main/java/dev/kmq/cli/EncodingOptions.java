package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Dither;
import dev.kmq.image.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures are read, and turned into palette, indices and bytes. */
final class EncodingOptions {
  @Option(
      names = "--method",
      paramLabel = "METHOD",
      converter = MethodName.Converter.class,
      description =
          "How indices are stored: packed (default, the formula's size), deflate, rans (small and"
              + " fast), mix (smallest, slow), or auto for the smallest of all.")
  MethodName method = new MethodName(Method.PACKED);

  @Option(
      names = "--max-decoding-cost",
      paramLabel = "N",
      description =
          "With --method auto, no method that takes more than about N nanoseconds a pixel to"
              + " decode: packed 1, deflate 4, rans 20, mix 400, 700 with matches.")
  @Nullable Integer maxDecodingCost;

  @Option(
      names = "--rdo",
      paramLabel = "LAMBDA",
      description =
          "With --method rans, mix or auto: give pixels the colour of least squared error + LAMBDA *"
              + " bits, not the nearest; 10 is little where there is texture, but shows in smooth areas"
              + " if K is large; 100 is much. Takes some seconds a megapixel,"
              + " with a target as often as a K is tried.")
  @Nullable Double rdo;

  @Option(
      names = "--tile",
      paramLabel = "WxH|full",
      converter = TileSize.Converter.class,
      description =
          "Size of tiles, powers of two from 16, or full for one tile (default: full up to 2^22"
              + " pixels, 1024x1024 above).")
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
        if (!value.matches("\\d{1,9}x\\d{1,9}")) {
          throw new TypeConversionException("'" + value + "' is not WxH or full");
        }
        int x = value.indexOf('x');
        int width = Integer.parseInt(value.substring(0, x));
        int height = Integer.parseInt(value.substring(x + 1));
        if (width == 0 || height == 0) {
          throw new TypeConversionException("a tile side is a power of two from 16 to 262144");
        }
        try {
          Tiling.of(1, 1, width, height);
        } catch (IllegalArgumentException e) {
          throw new TypeConversionException(
              "'" + value + "': a tile side is a power of two from 16 to 262144");
        }
        return new TileSize(width, height);
      }
    }
  }

  /**
   * What {@code --method} says.
   *
   * @param method null for auto
   */
  record MethodName(@Nullable Method method) {
    static final String AUTO = "auto";

    static final class Converter implements ITypeConverter<MethodName> {
      @Override
      public MethodName convert(String value) {
        if (value.equalsIgnoreCase(AUTO)) {
          return new MethodName(null);
        }
        List<String> names = new ArrayList<>();
        for (Method method : Method.values()) {
          if (method.label().equalsIgnoreCase(value)) {
            return new MethodName(method);
          }
          names.add(method.label());
        }
        throw new TypeConversionException(
            "'%s' is none of %s, %s".formatted(value, String.join(", ", names), AUTO));
      }
    }
  }

  private void check() {
    transparency.check();
    if (maxDecodingCost != null && method.method() != null) {
      throw new UsageException("--max-decoding-cost needs --method auto");
    }
    if (maxDecodingCost != null && maxDecodingCost < 1) {
      throw new UsageException("--max-decoding-cost is at least 1, not " + maxDecodingCost);
    }
  }

  /** What the API refuses, in the words of the command line. */
  void check(Dither dither) {
    check();
    if (rdo != null && !(rdo > 0 && rdo < Double.POSITIVE_INFINITY)) {
      throw new UsageException("--rdo is above 0 and finite, not " + rdo);
    }
    if (rdo != null && (method.method() == Method.PACKED || method.method() == Method.DEFLATE)) {
      throw new UsageException("--rdo needs --method rans, mix or auto");
    }
    if (rdo != null && maxDecodingCost != null && maxDecodingCost < Method.RANS.decodingCost()) {
      throw new UsageException(
          "--rdo needs rans or mix, which --max-decoding-cost %d leaves out"
              .formatted(maxDecodingCost));
    }
    if (rdo != null && dither != Dither.NONE) {
      throw new UsageException("--rdo and --dither exclude each other");
    }
    if (rdo != null && quantize.metric != Metric.RGB) {
      throw new UsageException("--rdo measures in RGB, so --metric rgb");
    }
  }

  /**
   * A reader of pictures.
   *
   * @param givenPalette whether there is one; its colours are of sRGB like those to be kept, and
   *     Oklab is that of sRGB, so pictures are converted then
   */
  PictureReader reader(Limits limits, boolean givenPalette) {
    boolean srgb =
        source.toSrgb
            || givenPalette
            || !quantize.keepColors.isEmpty()
            || quantize.metric == Metric.OKLAB;
    return new PictureReader(limits, source.metadata, srgb, transparency.backdrop());
  }

  EncodeOptions.Builder builder(int threads) {
    EncodeOptions.Builder builder = EncodeOptions.builder().threads(threads);
    quantize.apply(builder);
    Method one = method.method();
    if (one != null) {
      builder.method(one);
    } else if (maxDecodingCost != null) {
      builder.autoMethod(maxDecodingCost);
    } else {
      builder.autoMethod();
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
