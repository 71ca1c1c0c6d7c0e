package dev.kmq.web;

import dev.kmq.container.Chunk;
import dev.kmq.container.ColorSpace;
import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Format;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.image.IndexedImage;
import dev.kmq.image.PixelSource;
import dev.kmq.png.PngFile;
import dev.kmq.web.EngineException.Kind;
import dev.kmq.web.png.IccProfile;
import dev.kmq.web.png.PngImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens files and pixels. Of metadata, only the colour profile is kept: the command's default. */
final class Opening {
  private static final Limits LIMITS =
      Limits.defaults().withMaxPixels(Session.MOST_PIXELS).withMaxRasterBytes(1L << 30);

  private Opening() {}

  /** Opens a PNG or {@code .kmq} file. */
  static OpenImage file(byte[] bytes) throws IOException {
    byte[] signature = Format.signature();
    if (startsWith(bytes, signature)) {
      return kmq(bytes);
    }
    if (PngFile.isPng(bytes)) {
      PngImage png = PngImage.of(bytes, Session.MOST_PIXELS);
      IccProfile profile = png.profile();
      return new OpenImage(
          "png",
          png.pixels(),
          png.indexed(),
          profile,
          profile == null ? List.of() : List.of(Chunk.iccProfile(profile.data())),
          List.of(),
          null,
          bytes.length,
          png.notes());
    }
    throw new EngineException(Kind.UNSUPPORTED, "The file is neither a PNG nor a .kmq file.");
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length && Arrays.equals(Arrays.copyOf(bytes, start.length), start);
  }

  private static OpenImage kmq(byte[] bytes) throws IOException {
    DecodeOptions options = DecodeOptions.builder().limits(LIMITS).threads(1).build();
    try (KmqReader reader = KmqReader.open(bytes, options)) {
      IndexedImage image = reader.readImage();
      reader.expectEnd();
      List<String> warnings = new ArrayList<>();
      IccProfile profile = profile(reader.header(), reader.chunks(), warnings);
      List<Chunk> kept = new ArrayList<>();
      for (Chunk chunk : reader.chunks()) {
        boolean usable = chunk.type().equals(Chunk.ICCP) && profile != null;
        if (usable || chunk.type().equals(Chunk.PALETTE)) {
          kept.add(chunk);
        }
      }
      return new OpenImage(
          "kmq",
          image.pixels(),
          image,
          profile,
          kept,
          reader.chunks(),
          reader.header(),
          bytes.length,
          PngImage.sentences(warnings));
    }
  }

  private static @Nullable IccProfile profile(
      Header header, List<Chunk> chunks, List<String> warnings) {
    for (Chunk chunk : chunks) {
      if (header.colorSpace() == ColorSpace.ICC && chunk.type().equals(Chunk.ICCP)) {
        IccProfile profile = IccProfile.usable(chunk.data(), warnings);
        return profile == null ? null : profile.required(IccProfile.Type.RGB, warnings);
      }
    }
    return null;
  }

  /** Opens pixels that a browser has decoded. */
  static OpenImage pixels(int width, int height, int[] argb) throws EngineException {
    PngImage.checkSize(width, height, Session.MOST_PIXELS);
    PixelSource pixels = PixelSource.of(width, height, argb);
    boolean translucent = Arrays.stream(argb).anyMatch(color -> color >>> 24 < 255);
    return new OpenImage(
        "pixels",
        pixels,
        null,
        null,
        List.of(),
        List.of(),
        null,
        0,
        List.of(
            "The browser decoded this file: colours were converted to sRGB"
                + (translucent ? ", and colours of translucent pixels may be rounded." : ".")));
  }
}
