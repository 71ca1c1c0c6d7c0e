package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** The frames, pages or other images of an input, read one at a time by any thread. */
public final class FrameReader {
  /** Opens the images. */
  @FunctionalInterface
  interface Opener {
    FrameSource open() throws IOException;
  }

  /** Makes an image from what was decoded. */
  @FunctionalInterface
  interface Finish {
    Picture of(Decoded decoded, int index) throws IOException;
  }

  private final int count;
  private final @Nullable FailedInput missing;
  private final boolean startsWithStill;
  private final String noun;
  private final Opener opener;
  private final Finish finish;
  private @Nullable FrameSource source;

  FrameReader(Opener opener, Finish finish) throws IOException {
    FrameSource first = open(opener);
    this.count = first.count();
    this.missing = first.missing();
    this.startsWithStill = first.startsWithStill();
    this.noun = first.noun();
    this.opener = opener;
    this.finish = finish;
  }

  private static FrameSource open(Opener opener) throws IOException {
    try {
      return opener.open();
    } catch (FailedInput | FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw PictureReader.damaged(e);
    }
  }

  /** Number of images; those that a damaged file lacks count as one, which cannot be read. */
  public int count() {
    return missing == null ? count : count + 1;
  }

  /** Whether the first image is the one that {@link PictureReader#read} reads. */
  public boolean startsWithStill() {
    return startsWithStill;
  }

  /** What one of them is, in the singular. */
  public String noun() {
    return noun;
  }

  /** Reads an image by its index from 0. */
  public synchronized Picture read(int index) throws IOException {
    if (index == count && missing != null) {
      throw missing;
    }
    FrameSource open = source == null ? open(opener) : source;
    source = open;
    try {
      Picture picture = finish.of(open.read(index), index);
      return index == 0 ? picture.withWarnings(open.warnings()) : picture;
    } catch (FailedInput | FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw PictureReader.damaged(e);
    } finally {
      if (index == count - 1) {
        source = null; // the memory is not needed any more
      }
    }
  }
}
