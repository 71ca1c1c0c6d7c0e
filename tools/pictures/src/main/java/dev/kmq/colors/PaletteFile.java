package dev.kmq.colors;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.IccProfile;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import dev.kmq.picture.Profiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the palettes of palette files, .kmq files and images. */
public final class PaletteFile {
  private static final int FIRST_BYTES = 64;

  /** Maximum size of a palette file: 65536 lines of 64 bytes. */
  private static final int MAX_BYTES = 4 << 20;

  private PaletteFile() {}

  /** Whether an input is a palette, by its name or its first bytes. */
  public static boolean isPalette(Input input) throws IOException {
    PaletteFormat format = PaletteFormat.ofName(input.relative());
    if (format != null && format != PaletteFormat.KMQ) {
      return true;
    }
    byte[] start = start(input);
    return isKmq(start)
        || PaletteBytes.isRiff(start)
        || PaletteText.isPalette(PaletteBytes.text(start));
  }

  /** Whether an input is a .kmq file. */
  public static boolean isKmq(Input input) throws IOException {
    return isKmq(start(input));
  }

  private static byte[] start(Input input) throws IOException {
    return input.start(FIRST_BYTES);
  }

  private static boolean isKmq(byte[] start) {
    int length = Format.SIGNATURE_BYTES;
    return start.length >= length && Arrays.equals(start, 0, length, Format.signature(), 0, length);
  }

  /**
   * Reads a palette, in sRGB; the content determines the format. The palette of a true-colour image
   * is its colours in the order of their first pixels.
   *
   * @param limits of an image
   * @param warnings receives messages about ignored parts of the input
   */
  public static Palette read(Input input, Limits limits, List<String> warnings) throws IOException {
    if (isKmq(input)) {
      try (KmqReader reader = KmqReader.open(input.open(), DecodeOptions.defaults())) {
        IccProfile profile = Profiles.of(reader.header(), reader.chunks(), warnings);
        Palette palette = reader.header().palette();
        return profile == null ? palette : profile.toSrgb(palette);
      }
    }
    if (PictureReader.isPicture(input)) {
      Picture picture = new PictureReader(limits, MetadataPolicy.NONE, true, null).read(input);
      warnings.addAll(picture.warnings());
      IndexSource indexed = picture.indexed();
      return indexed != null ? indexed.palette() : colors(picture.pixels(), input.name());
    }
    byte[] bytes = input.start(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new FailedInput(
          "exceeds the limit of %d MiB for palette files".formatted(MAX_BYTES >> 20));
    }
    return PaletteBytes.parse(bytes, input.relative());
  }

  private static Palette colors(PixelSource pixels, String name) throws IOException {
    Set<Integer> colors = new LinkedHashSet<>();
    int[] row = new int[pixels.width()];
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRows(y, 1, row);
      int last = ~row[0];
      for (int color : row) {
        if (color != last) {
          last = color;
          colors.add(color >>> 24 == 0 ? 0 : color);
        }
      }
      if (colors.size() > Palette.MAX_SIZE) {
        throw new FailedInput(
            ("the image has more than %d colours; try 'kmq palette --colors 256 %s"
                    + " --output palette.gpl'")
                .formatted(Palette.MAX_SIZE, name));
      }
    }
    int[] argb = colors.stream().mapToInt(Integer::intValue).toArray();
    boolean opaque = Arrays.stream(argb).allMatch(c -> c >>> 24 == 0xFF);
    return opaque ? Palette.ofRgb(argb) : Palette.ofArgb(argb);
  }
}
