package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.cli.picture.MetadataPolicy;
import dev.kmq.cli.picture.PictureReader;
import dev.kmq.container.Limits;
import dev.kmq.container.Method;
import dev.kmq.container.Tiling;
import dev.kmq.image.Effort;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures are read and turned into palette, indices and bytes. */
final class EncodingOptions {
  static final int STANDARD_COLORS = 256;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      converter = MethodName.class,
      description = "How indices are stored: packed (default), deflate or rans.")
  Method method = Method.PACKED;

  @Option(
      names = "--tile",
      paramLabel = "WxH|full",
      converter = TileSize.Converter.class,
      description =
          "Size of tiles, powers of two from 16, or full for one tile (default: full up to 2^22"
              + " pixels, 1024x1024 above).")
  @Nullable TileSize tile;

  @Option(
      names = "--effort",
      paramLabel = "fast|default|best",
      description = "How much work goes into the palette (default: default).")
  Effort effort = Effort.DEFAULT;

  /** What becomes of transparency. */
  enum Alpha {
    KEEP,
    DROP
  }

  @Option(
      names = "--alpha",
      paramLabel = "keep|drop",
      description =
          "Keep transparency (default), or drop it by laying the picture on --background.")
  Alpha alpha = Alpha.KEEP;

  @Option(
      names = "--background",
      paramLabel = "#RRGGBB",
      converter = ColorValue.class,
      description = "Colour behind a picture whose transparency is dropped (default: #ffffff).")
  @Nullable Integer background;

  @Option(
      names = "--metadata",
      paramLabel = "none|color|all",
      description =
          "Keep nothing and convert to sRGB; keep a colour profile that is not sRGB (default);"
              + " or keep profile, resolution, texts and Exif.")
  MetadataPolicy metadata = MetadataPolicy.COLOR;

  @Option(names = "--to-srgb", description = "Convert colours to sRGB.")
  boolean toSrgb;

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
          throw new TypeConversionException(e.getMessage());
        }
        return new TileSize(width, height);
      }
    }
  }

  static final class MethodName implements ITypeConverter<Method> {
    @Override
    public Method convert(String value) {
      for (Method method : Method.values()) {
        if (method.label().equals(value.toLowerCase(Locale.ROOT))) {
          return method;
        }
      }
      throw new TypeConversionException("'" + value + "' is no method");
    }
  }

  /** A colour as {@code #RRGGBB}, opaque. */
  static final class ColorValue implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("#?[0-9A-Fa-f]{6}")) {
        throw new TypeConversionException("'" + value + "' is not a colour of the form #RRGGBB");
      }
      return Integer.parseInt(value.replace("#", ""), 16) | 0xFF000000;
    }
  }

  void check() {
    if (background != null && alpha == Alpha.KEEP) {
      throw new UsageException("--background needs --alpha drop");
    }
  }

  static void checkColors(int colors) {
    if (colors < 1 || colors > 65536) {
      throw new UsageException("-k is 1 to 65536, not " + colors);
    }
  }

  PictureReader reader(Limits limits) {
    return new PictureReader(limits, metadata, toSrgb, alpha == Alpha.DROP ? backdrop() : null);
  }

  private Integer backdrop() {
    return Objects.requireNonNullElse(background, 0xFFFFFFFF);
  }

  EncodeOptions.Builder builder(int threads) {
    EncodeOptions.Builder builder =
        EncodeOptions.builder().method(method).effort(effort).threads(threads);
    if (tile != null) {
      builder.tileSize(tile.width(), tile.height());
    }
    return builder;
  }
}
