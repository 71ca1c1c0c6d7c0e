package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.png.PngFile;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The frames of an animated PNG; each is decoded as a PNG of its own. */
final class PngAnimation extends Animation {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 13;
  private static final int ANIMATION_BYTES = 8;
  private static final int CONTROL_BYTES = 26;

  /** Length, type and checksum of a chunk. */
  private static final int CHUNK_BYTES = 12;

  /** Chunks before the pixels, without the header, that decoding needs. */
  private static final List<String> SHARED = List.of("PLTE", "tRNS");

  private record Chunk(String type, long start, int length) {}

  /** The frames of a file, collected chunk by chunk. */
  private static final class Parts {
    private byte[] header = {};
    private final List<Chunk> shared = new ArrayList<>();
    private final List<Screen.Area> areas = new ArrayList<>();
    private final List<List<Chunk>> frames = new ArrayList<>();

    /** Number of frames that the acTL chunk announces; -1 without one. */
    private long announced = -1;

    private boolean pixels;

    /** Whether the pixels are not part of the animation. */
    private boolean still;
  }

  private final ImageInputStream in;
  private final Limits limits;
  private final Parts parts;

  /** Damage after the last frame, or null. */
  private @Nullable FailedInput damage;

  private PngAnimation(ImageInputStream in, Limits limits, Parts parts) {
    super(
        ByteBuffer.wrap(parts.header).getInt(0),
        ByteBuffer.wrap(parts.header).getInt(4),
        parts.areas);
    this.in = in;
    this.limits = limits;
    this.parts = parts;
  }

  /**
   * Finds the frames in a stream, which must stay open.
   *
   * @return null if the file is not animated
   */
  static @Nullable PngAnimation open(ImageInputStream in, Limits limits) throws IOException {
    Parts parts = new Parts();
    FailedInput damage = null;
    try {
      in.seek(SIGNATURE_BYTES);
      for (Chunk chunk = next(in); !chunk.type.equals("IEND"); chunk = next(in)) {
        take(in, chunk, parts);
        in.seek(chunk.start + CHUNK_BYTES + chunk.length);
      }
    } catch (EOFException e) {
      damage = FailedInput.truncated(e);
    } catch (FailedInput e) {
      damage = e;
    }
    int found = parts.frames.size();
    FailedInput missing =
        damage != null
            ? damage
            : FailedInput.damaged("it has %d of %d frames".formatted(found, parts.announced));
    boolean still = found == 0 && parts.announced == 0 && damage == null;
    if (parts.header.length == 0 || parts.announced < 0 || still) {
      return null;
    }
    if (found == 0) {
      throw missing;
    }
    ByteBuffer header = ByteBuffer.wrap(parts.header);
    PixelLimit.check(header.getInt(0), header.getInt(4), limits);
    PngAnimation animation = new PngAnimation(in, limits, parts);
    if (damage != null) {
      animation.checkLast();
    }
    if (found < parts.announced) {
      animation.lacksMore(missing);
    }
    animation.damage = animation.missing() == null ? damage : null;
    return animation;
  }

  private static Chunk next(ImageInputStream in) throws IOException {
    long start = in.getStreamPosition();
    int length = in.readInt();
    byte[] type = new byte[4];
    in.readFully(type);
    if (length < 0) {
      throw new EOFException();
    }
    String name = new String(type, StandardCharsets.ISO_8859_1);
    if (!PngFile.isType(name)) {
      throw FailedInput.damaged("no chunk at offset " + start);
    }
    return new Chunk(name, start, length);
  }

  private static void take(ImageInputStream in, Chunk chunk, Parts parts) throws IOException {
    int frames = parts.frames.size();
    switch (chunk.type) {
      case "IHDR" -> {
        if (chunk.length == HEADER_BYTES) {
          parts.header = data(in, chunk);
        }
      }
      case "acTL" -> {
        if (!parts.pixels) {
          parts.announced = 0;
          byte[] data = data(in, chunk, ANIMATION_BYTES);
          parts.announced = ByteBuffer.wrap(data).getInt() & 0xFFFFFFFFL;
        }
      }
      case "fcTL" -> {
        if (parts.announced >= 0 && parts.header.length > 0) {
          parts.areas.add(area(data(in, chunk, CONTROL_BYTES), parts));
          parts.frames.add(new ArrayList<>());
        }
      }
      case "IDAT" -> {
        parts.pixels = true;
        parts.still |= frames == 0;
        if (frames == 1 && !parts.still) {
          parts.frames.get(0).add(chunk);
        }
      }
      case "fdAT" -> {
        if (frames > 0 && chunk.length >= 4) {
          parts.frames.get(frames - 1).add(chunk);
        }
      }
      default -> {
        if (SHARED.contains(chunk.type) && frames == 0) {
          parts.shared.add(chunk);
        }
      }
    }
  }

  /** The area of a frame control chunk, which must lie on the screen. */
  private static Screen.Area area(byte[] bytes, Parts parts) throws FailedInput {
    ByteBuffer control = ByteBuffer.wrap(bytes);
    ByteBuffer screen = ByteBuffer.wrap(parts.header);
    long width = control.getInt(4);
    long height = control.getInt(8);
    long left = control.getInt(12);
    long top = control.getInt(16);
    if (width <= 0
        || height <= 0
        || left < 0
        || top < 0
        || left + width > screen.getInt(0)
        || top + height > screen.getInt(4)) {
      throw FailedInput.damaged(
          "frame %d is not within the image".formatted(parts.areas.size() + 1));
    }
    Screen.Disposal disposal =
        switch (control.get(24)) {
          case 1 -> Screen.Disposal.CLEAR;
          // Before the first frame there is only transparency.
          case 2 -> parts.areas.isEmpty() ? Screen.Disposal.CLEAR : Screen.Disposal.RESTORE;
          default -> Screen.Disposal.KEEP;
        };
    boolean blended = control.get(25) == 1;
    return new Screen.Area((int) left, (int) top, (int) width, (int) height, blended, disposal);
  }

  @Override
  public boolean startsWithStill() {
    return !parts.still;
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (parts.still) {
      warnings.add(
          "the still image for programs without animation is not kept, only "
              + (count() == 1 ? "the frame" : "the frames"));
    }
    if (damage != null) {
      warnings.add(
          "the file is damaged after its last frame (%s)".formatted(FailedInput.reason(damage)));
    }
    return warnings;
  }

  @Override
  Frame frame(int index) throws IOException {
    Screen.Area area = areas().get(index);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] signature = new byte[SIGNATURE_BYTES];
    in.seek(0);
    in.readFully(signature);
    file.writeBytes(signature);
    byte[] header = parts.header.clone();
    ByteBuffer.wrap(header).putInt(0, area.width()).putInt(4, area.height());
    write(file, "IHDR", header);
    try {
      for (Chunk chunk : parts.shared) {
        write(file, chunk.type, data(in, chunk));
      }
      for (Chunk chunk : parts.frames.get(index)) {
        byte[] data = data(in, chunk);
        boolean numbered = chunk.type.equals("fdAT");
        write(file, "IDAT", numbered ? Arrays.copyOfRange(data, 4, data.length) : data);
      }
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
    write(file, "IEND", new byte[0]);
    return Frame.of(PngImage.decode(file.toByteArray(), limits));
  }

  /** The data of a chunk that has this length. */
  private static byte[] data(ImageInputStream in, Chunk chunk, int length) throws IOException {
    if (chunk.length != length) {
      throw FailedInput.damaged("its %s chunk is wrong".formatted(chunk.type));
    }
    return data(in, chunk);
  }

  /** The data of a chunk, whose checksum must match. */
  private static byte[] data(ImageInputStream in, Chunk chunk) throws IOException {
    in.seek(chunk.start + 4);
    byte[] type = new byte[4];
    in.readFully(type);
    byte[] data = BoundedReads.exactly(in, chunk.length);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    if ((int) crc.getValue() != in.readInt()) {
      throw FailedInput.damaged("the checksum of its " + chunk.type + " chunk is wrong");
    }
    return data;
  }

  private static void write(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
