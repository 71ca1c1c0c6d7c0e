package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import dev.kmq.file.Input;
import dev.kmq.png.PngFile;
import dev.kmq.png.PngSource;
import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/** PNG files in inputs and in memory, with failures as users see them. */
abstract class PngInput implements PngSource {
  private final Limits limits;

  private PngInput(Limits limits) {
    this.limits = limits;
  }

  /** The chunks of an input that is a PNG; its warnings state which frames are not kept. */
  static PngFile file(Input input, Limits limits) throws IOException {
    PngFile file = PngFile.read(new OfInput(input, limits), List.of());
    if (file.isAnimated()) {
      announceFrames(file, input, limits);
    }
    return file;
  }

  /** The chunks of a PNG without frames. */
  static PngFile file(byte[] bytes, Limits limits) throws IOException {
    return PngFile.read(new InMemory(bytes, limits), List.of());
  }

  private static void announceFrames(PngFile file, Input input, Limits limits) throws IOException {
    try (ImageInputStream in = new InputImageStream(input)) {
      PngAnimation animation = PngAnimation.open(in, limits);
      if (animation != null) {
        file.warnings().addAll(Frames.notKept(animation));
      }
    } catch (FailedInput e) {
      file.warnings()
          .add(
              Frames.ONLY
                  + "still image is kept; the animation is damaged (%s)"
                      .formatted(FailedInput.reason(e)));
    }
  }

  @Override
  public void checkSize(int width, int height) throws FailedInput {
    PixelLimit.check(width, height, limits);
  }

  @Override
  public FailedInput damaged(String what) {
    return FailedInput.damaged(what);
  }

  @Override
  public FailedInput unknownChunk(String type) {
    return FailedInput.notSupported("PNG with the critical chunk " + type);
  }

  private static final class OfInput extends PngInput {
    private final Input input;

    OfInput(Input input, Limits limits) {
      super(limits);
      this.input = input;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) throws IOException {
      return input.read(position, target, offset, count);
    }
  }

  private static final class InMemory extends PngInput {
    private final byte[] bytes;

    InMemory(byte[] bytes, Limits limits) {
      super(limits);
      this.bytes = bytes;
    }

    @Override
    public int read(long position, byte[] target, int offset, int count) {
      return PngSource.read(bytes, position, target, offset, count);
    }
  }
}
