package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of an animated WebP. */
final class WebpAnimation extends Animation {
  private static final int FRAME_HEADER = 16;
  private static final int SCREEN_BYTES = 10;

  private final WebpChunks chunks;
  private final List<WebpChunks.Chunk> frames;
  private final Limits limits;

  private WebpAnimation(
      WebpChunks chunks,
      Limits limits,
      int width,
      int height,
      List<Screen.Area> areas,
      List<WebpChunks.Chunk> frames) {
    super(width, height, areas);
    this.chunks = chunks;
    this.limits = limits;
    this.frames = frames;
  }

  /** The animation of a file, or null if it has none. */
  static @Nullable WebpAnimation of(WebpChunks chunks, Limits limits) throws IOException {
    byte[] screen = chunks.data("VP8X");
    List<WebpChunks.Chunk> frames = chunks.all("ANMF");
    if (screen == null || screen.length < SCREEN_BYTES || frames.isEmpty()) {
      return null;
    }
    int width = 1 + int24(screen, 4);
    int height = 1 + int24(screen, 7);
    PixelLimit.check(width, height, limits);
    List<Screen.Area> areas = new ArrayList<>();
    FailedInput damage = chunks.damage();
    for (WebpChunks.Chunk frame : frames) {
      byte[] header;
      try {
        header = chunks.data(frame, FRAME_HEADER);
        if (header.length < FRAME_HEADER) {
          throw FailedInput.damaged("frame %d is too short".formatted(areas.size() + 1));
        }
      } catch (FailedInput e) {
        damage = e;
        break;
      }
      areas.add(
          new Screen.Area(
              2 * int24(header, 0),
              2 * int24(header, 3),
              1 + int24(header, 6),
              1 + int24(header, 9),
              (header[15] & 2) == 0,
              (header[15] & 1) == 1 ? Screen.Disposal.CLEAR : Screen.Disposal.KEEP));
    }
    if (damage != null && areas.isEmpty()) {
      throw damage;
    }
    frames = frames.subList(0, areas.size());
    WebpAnimation animation =
        new WebpAnimation(chunks, limits, width, height, areas, List.copyOf(frames));
    if (damage != null || chunks.isCut(frames.get(frames.size() - 1))) {
      animation.checkLast();
    }
    if (damage != null) {
      animation.lacksMore(damage);
    }
    return animation;
  }

  private static int int24(byte[] bytes, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return buffer.getShort(at) & 0xFFFF | (bytes[at + 2] & 0xFF) << 16;
  }

  @Override
  Frame frame(int index) throws IOException {
    Decoded decoded = WebpFile.image(chunks.inside(frames.get(index), FRAME_HEADER), limits);
    Screen.Area area = areas().get(index);
    if (decoded.image().getWidth() != area.width()
        || decoded.image().getHeight() != area.height()) {
      throw FailedInput.damaged("the size of frame %d is wrong".formatted(index + 1));
    }
    return Frame.of(decoded);
  }
}
