package dev.kmq.web.png;

import dev.kmq.image.IndexPlane;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.ExifOrientation;
import dev.kmq.png.DecodedPng;
import dev.kmq.png.HdrColor;
import dev.kmq.png.PngColor;
import dev.kmq.png.PngFile;
import dev.kmq.png.PngHeader;
import dev.kmq.web.EngineException;
import dev.kmq.web.EngineException.Kind;
import java.io.IOException;
import java.util.ArrayList;
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
  private static final List<String> WANTED =
      List.of("iCCP", "gAMA", "cHRM", "sRGB", "cICP", "eXIf");

  /**
   * Reads a file.
   *
   * @param mostPixels the most pixels that it may have
   */
  public static PngImage of(byte[] bytes, long mostPixels) throws IOException {
    return new Reading(PngFile.read(new PngBytes(bytes, mostPixels), WANTED)).image();
  }

  /** Refuses images that are too large. */
  public static void checkSize(long width, long height, long mostPixels) throws EngineException {
    if (width * height > mostPixels) {
      throw new EngineException(
          Kind.TOO_LARGE,
          width
              + "x"
              + height
              + " pixels are too large for this page, which takes up to "
              + mostPixels / 1_000_000
              + " megapixels. The kmq command takes larger ones.");
    }
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
    private final List<String> warnings;

    Reading(PngFile file) {
      this.file = file;
      this.warnings = file.warnings();
    }

    PngImage image() throws IOException {
      PngColor color = PngColor.of(file.kept(), (data, to) -> IccProfile.usable(data, to) != null);
      if (file.isAnimated()) {
        warnings.add("only the still image is kept, not the animation");
      }
      DecodedPng png = DecodedPng.of(file);
      IndexedImage indexed = png.indexed();
      int[] argb = indexed == null ? argb(png.pixels()) : new int[0];
      warnings.addAll(color.warnings());
      if (png.rounded()) {
        warnings.add("samples of 16 bits are rounded to 8");
      }
      byte[] exif = file.kept().get("eXIf");
      PngHeader header = file.header();
      int orientation = exif == null ? 1 : ExifOrientation.of(exif);
      Turn turn = new Turn(header.width(), header.height(), orientation);
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

    private static int[] argb(PixelSource pixels) {
      int[] argb = new int[pixels.width() * pixels.height()];
      pixels.readRows(0, pixels.height(), argb);
      return argb;
    }

    private @Nullable IccProfile profile(byte[] data, @Nullable Palette palette) {
      boolean grey = (file.header().colorType() & ~PngHeader.ALPHA) == PngHeader.GREY;
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
  }
}
