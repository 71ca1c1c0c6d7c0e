package dev.kmq.web.png;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.ExifOrientation;
import dev.kmq.png.HdrColor;
import dev.kmq.png.PngColor;
import dev.kmq.web.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The image of a PNG file, upright, with the colours that the command gives it: pixels of the
 * embedded profile, or of sRGB if it has none, a grey one, or one that is sRGB.
 *
 * @param indexed palette and indices if the file has them, else null
 * @param profile of the colours, or null for sRGB
 * @param notes for the user, as sentences
 */
public record PngImage(
    PixelSource pixels,
    @Nullable IndexedImage indexed,
    @Nullable IccProfile profile,
    List<String> notes) {
  private static final int OPAQUE = 0xFF000000;

  /**
   * Reads a file.
   *
   * @param mostPixels the most pixels that it may have
   */
  public static PngImage of(byte[] bytes, long mostPixels) throws EngineException {
    return new Reading(PngFile.read(bytes, mostPixels)).image();
  }

  /** Phrases as sentences. */
  public static List<String> sentences(List<String> phrases) {
    List<String> sentences = new ArrayList<>();
    for (String phrase : phrases) {
      sentences.add(phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".");
    }
    return sentences;
  }

  private static final class Reading {
    private final PngFile file;
    private final int width;
    private final int height;
    private final List<String> warnings;

    /** Whether a 16-bit sample is not one of the 256 values that 8 bits represent. */
    private boolean rounded;

    Reading(PngFile file) {
      this.file = file;
      this.width = file.width();
      this.height = file.height();
      this.warnings = file.warnings();
    }

    PngImage image() throws EngineException {
      PngColor color = PngColor.of(file.color(), (data, to) -> IccProfile.usable(data, to) != null);
      boolean isIndexed =
          file.colorType() == PngFile.INDEXED
              || file.colorType() == PngFile.GREY && file.depth() < 8;
      IndexedImage indexed = isIndexed ? indexed() : null;
      int[] argb = isIndexed ? new int[0] : argb();
      warnings.addAll(color.warnings());
      if (rounded) {
        warnings.add("samples of 16 bits are rounded to 8");
      }
      byte[] exif = file.exif();
      Turn turn = new Turn(width, height, exif == null ? 1 : ExifOrientation.of(exif));
      byte[] data = color.profile();
      IccProfile profile =
          data == null ? null : profile(data, indexed == null ? null : indexed.palette());
      if (profile != null && profile.type() == IccProfile.Type.GREY) {
        warnings.add(
            profile.converts()
                ? "the grey colour profile is applied and not kept"
                : "the grey colour profile has tables, and is neither applied nor kept");
      }
      Palette palette = indexed == null ? null : converted(indexed.palette(), profile, color.hdr());
      converted(argb, profile, color.hdr());
      IccProfile kept = profile != null && profile.type() == IccProfile.Type.RGB ? profile : null;
      if (indexed == null || palette == null) {
        PixelSource pixels = PixelSource.of(turn.width(), turn.height(), turn.pixels(argb));
        return new PngImage(pixels, null, kept, sentences(warnings));
      }
      IndexPlane plane =
          IndexPlane.ofBytes(
              turn.width(), turn.height(), turn.indices(indexed.plane().bytes()), 0, turn.width());
      IndexedImage turned = new IndexedImage(palette, plane);
      return new PngImage(turned.pixels(), turned, kept, sentences(warnings));
    }

    private @Nullable IccProfile profile(byte[] data, @Nullable Palette palette) {
      boolean grey = (file.colorType() & ~PngFile.ALPHA) == PngFile.GREY;
      if (palette != null) {
        grey = true;
        for (int i = 0; i < palette.size(); i++) {
          int c = palette.argb(i);
          grey &= (c >> 16 & 0xFF) == (c & 0xFF) && (c >> 8 & 0xFF) == (c & 0xFF);
        }
      }
      IccProfile profile = IccProfile.usable(data, warnings);
      profile =
          profile == null
              ? null
              : profile.required(grey ? IccProfile.Type.GREY : IccProfile.Type.RGB, warnings);
      return profile == null || profile.isSrgb() ? null : profile;
    }

    private static void converted(
        int[] argb, @Nullable IccProfile profile, @Nullable HdrColor hdr) {
      if (profile != null && profile.type() == IccProfile.Type.GREY) {
        profile.toSrgb(argb);
      } else if (hdr != null) {
        hdr.toSrgb(argb);
      }
    }

    private static Palette converted(
        Palette palette, @Nullable IccProfile profile, @Nullable HdrColor hdr) {
      int[] argb = palette.toArgb();
      converted(argb, profile, hdr);
      return palette.hasAlpha() ? Palette.ofArgb(argb) : Palette.ofRgb(argb);
    }

    private IndexedImage indexed() throws EngineException {
      byte[] indices = new byte[width * height];
      PngRowReader.read(
          file,
          (y, x, step, count, samples) -> {
            int at = y * width + x;
            for (int i = 0; i < count; i++, at += step) {
              indices[at] = (byte) samples[i];
            }
          });
      int[] argb = file.colorType() == PngFile.INDEXED ? withEntries(indices) : greys();
      boolean opaque = true;
      for (int color : argb) {
        opaque &= color >>> 24 == 0xFF;
      }
      return new IndexedImage(
          opaque ? Palette.ofRgb(argb) : Palette.ofArgb(argb),
          IndexPlane.ofBytes(width, height, indices, 0, width));
    }

    /** The palette, extended if indices exceed it: further entries are opaque black. */
    private int[] withEntries(byte[] indices) {
      int[] argb = file.palette();
      int max = 0;
      int beyond = 0;
      for (byte index : indices) {
        max = Math.max(max, index & 0xFF);
        beyond += (index & 0xFF) >= argb.length ? 1 : 0;
      }
      if (beyond == 0) {
        return argb;
      }
      warnings.add(
          beyond == 1
              ? "1 pixel has an index without an entry in the palette and is black"
              : beyond + " pixels have an index without an entry in the palette and are black");
      int[] longer = Arrays.copyOf(argb, max + 1);
      Arrays.fill(longer, argb.length, longer.length, OPAQUE);
      return longer;
    }

    private int[] greys() {
      int[] argb = new int[1 << file.depth()];
      for (int i = 0; i < argb.length; i++) {
        argb[i] = OPAQUE | i * (255 / (argb.length - 1)) * 0x010101;
      }
      int[] key = file.key();
      if (key != null) {
        argb[key[0]] &= 0xFFFFFF;
      }
      return argb;
    }

    private int[] argb() throws EngineException {
      int[] argb = new int[width * height];
      int bands = file.samples();
      boolean wide = file.depth() == 16;
      boolean grey = bands < 3;
      boolean alpha = bands % 2 == 0;
      int[] key = file.key();
      PngRowReader.read(
          file,
          (y, x, step, count, samples) -> {
            int at = y * width + x;
            for (int i = 0, from = 0; i < count; i++, at += step, from += bands) {
              int opacity = alpha ? samples[from + bands - 1] : wide ? 0xFFFF : 0xFF;
              if (key != null && isKey(samples, from, key)) {
                opacity = 0;
              }
              int r = samples[from];
              int g = grey ? r : samples[from + 1];
              int b = grey ? r : samples[from + 2];
              argb[at] =
                  wide
                      ? to8(opacity) << 24 | to8(r) << 16 | to8(g) << 8 | to8(b)
                      : opacity << 24 | r << 16 | g << 8 | b;
            }
          });
      return argb;
    }

    private static boolean isKey(int[] samples, int from, int[] key) {
      boolean same = true;
      for (int i = 0; i < key.length; i++) {
        same &= samples[from + i] == key[i];
      }
      return same;
    }

    /** The nearest of 256 levels. */
    private int to8(int sample) {
      rounded |= sample % 257 != 0;
      return (sample + 128) / 257;
    }
  }
}
