package dev.kmq.cli.picture;

import dev.kmq.cli.file.FailedInput;
import dev.kmq.container.Limits;
import java.io.ByteArrayInputStream;
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
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** The frames of an animated PNG; each is decoded as a PNG of its own. */
final class PngAnimation extends Animation {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 13;
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
    private boolean still;
  }

  private final ImageInputStream in;
  private final Limits limits;
  private final Parts parts;

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
   * @return null if the file has none
   */
  static @Nullable PngAnimation open(ImageInputStream in, Limits limits) throws IOException {
    Parts parts = new Parts();
    try {
      in.seek(SIGNATURE_BYTES);
      for (Chunk chunk = next(in); !chunk.type.equals("IEND"); chunk = next(in)) {
        take(in, chunk, parts);
        in.seek(chunk.start + CHUNK_BYTES + chunk.length);
      }
    } catch (EOFException e) {
      // The last frame found fails if it is incomplete.
    }
    if (parts.header.length == 0 || parts.frames.isEmpty()) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(parts.header);
    PixelLimit.check(header.getInt(0), header.getInt(4), limits);
    return new PngAnimation(in, limits, parts);
  }

  private static Chunk next(ImageInputStream in) throws IOException {
    long start = in.getStreamPosition();
    int length = in.readInt();
    byte[] type = new byte[4];
    in.readFully(type);
    if (length < 0) {
      throw new EOFException();
    }
    return new Chunk(new String(type, StandardCharsets.ISO_8859_1), start, length);
  }

  private static void take(ImageInputStream in, Chunk chunk, Parts parts) throws IOException {
    int frames = parts.frames.size();
    switch (chunk.type) {
      case "IHDR" -> {
        if (chunk.length == HEADER_BYTES) {
          parts.header = data(in, chunk);
        }
      }
      case "fcTL" -> {
        if (chunk.length == CONTROL_BYTES && parts.header.length > 0) {
          parts.areas.add(area(data(in, chunk), parts));
          parts.frames.add(new ArrayList<>());
        }
      }
      case "IDAT" -> {
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
  public List<String> warnings() {
    return parts.still
        ? List.of("the still image for programs without animation is not kept, only the frames")
        : List.of();
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
      throw new FailedInput("damaged image: it is truncated", e);
    }
    write(file, "IEND", new byte[0]);
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file.toByteArray()))) {
      return Frame.of(PngFile.decode(stream, limits));
    }
  }

  /** The data of a chunk, whose checksum must match. */
  private static byte[] data(ImageInputStream in, Chunk chunk) throws IOException {
    in.seek(chunk.start + 4);
    byte[] type = new byte[4];
    in.readFully(type);
    byte[] data = read(in, chunk.length);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    if ((int) crc.getValue() != in.readInt()) {
      throw FailedInput.damaged("the checksum of its " + chunk.type + " chunk is wrong");
    }
    return data;
  }

  /** Reads as many bytes, without trusting the number. */
  private static byte[] read(ImageInputStream in, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (int left = count; left > 0; ) {
      int n = in.read(buffer, 0, Math.min(left, buffer.length));
      if (n < 0) {
        throw new EOFException();
      }
      bytes.write(buffer, 0, n);
      left -= n;
    }
    return bytes.toByteArray();
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
