package dev.kmq.picture;

import dev.kmq.file.FailedInput;
import dev.kmq.image.PixelSource;
import dev.kmq.imageio.KmqImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An animation whose frames are what the screen shows, one after another. A screen needs the frames
 * before it, so reading in order is fast, and anything else starts again.
 */
abstract class Animation implements FrameSource {
  /** Number of screens that are kept for threads that ask for them a little out of order. */
  private static final int KEPT = 8;

  /** A frame by itself. */
  static final class Frame {
    private final int[] argb;
    private final boolean asStored;
    private final @Nullable String reduction;
    private final List<String> warnings;

    /**
     * A frame.
     *
     * @param argb its pixels, row by row
     * @param asStored as in {@link Decoded}, like the others
     */
    Frame(int[] argb, boolean asStored, @Nullable String reduction, List<String> warnings) {
      this.argb = argb;
      this.asStored = asStored;
      this.reduction = reduction;
      this.warnings = warnings;
    }

    static Frame of(Decoded decoded) {
      PixelSource pixels = KmqImages.storedPixels(decoded.image());
      int[] argb = new int[pixels.width() * pixels.height()];
      pixels.readRows(0, pixels.height(), argb);
      return new Frame(argb, decoded.asStored(), decoded.reduction(), decoded.warnings());
    }
  }

  private final List<Screen.Area> areas;
  private final int width;
  private final int height;
  private int count;
  private @Nullable FailedInput missing;
  private @Nullable Screen screen;
  private int drawn;

  /** The damaged frame that the screen lacks, or null. */
  private @Nullable IOException damage;

  private int damaged;

  /** Screens that were passed over. */
  private final Map<Integer, Decoded> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Decoded> eldest) {
          return size() > KEPT;
        }
      };

  /** An animation on a screen of the given size. */
  Animation(int width, int height, List<Screen.Area> areas) {
    this.width = width;
    this.height = height;
    this.areas = List.copyOf(areas);
    this.count = areas.size();
  }

  /** The area of each frame. */
  final List<Screen.Area> areas() {
    return areas;
  }

  @Override
  public final int count() {
    return count;
  }

  @Override
  public final @Nullable FailedInput missing() {
    return missing;
  }

  /**
   * Takes the last frame for missing if it is incomplete, in a file that is damaged there.
   *
   * @throws FailedInput if no other frame is left
   */
  final void checkLast() throws FailedInput {
    try {
      frame(count - 1);
    } catch (IOException | RuntimeException e) {
      count--;
      missing = e instanceof FailedInput failed ? failed : PictureReader.damaged(e);
      if (count == 0) {
        throw missing;
      }
    }
  }

  /** Sets why further frames are missing, unless it is known. */
  final void lacksMore(FailedInput why) {
    missing = missing == null ? why : missing;
  }

  @Override
  public final String noun() {
    return "frame";
  }

  /** Decodes the pixels of a frame. */
  abstract Frame frame(int index) throws IOException;

  @Override
  public final Decoded read(int index) throws IOException {
    Decoded known = kept.remove(index);
    if (known != null) {
      return known;
    }
    if (screen == null || index < drawn) {
      screen = new Screen(width, height);
      drawn = 0;
      damage = null;
    }
    while (drawn < index) {
      int passed = drawn;
      try {
        kept.put(passed, next(screen));
      } catch (IOException | RuntimeException e) {
        // It is reported when this frame is asked for.
      }
    }
    try {
      return next(screen);
    } finally {
      if (drawn == count) {
        screen = null;
      }
    }
  }

  /** Draws the next frame. */
  private Decoded next(Screen onto) throws IOException {
    int index = drawn++;
    Screen.Area area = areas.get(index);
    Frame frame;
    try {
      frame = frame(index);
    } catch (IOException | RuntimeException e) {
      onto.dispose();
      damage = e instanceof IOException io ? io : new FailedInput("damaged image", e);
      damaged = index;
      throw e;
    }
    onto.draw(area, frame.argb);
    boolean covered = area.covers(onto, frame.argb);
    if (covered && area.disposal() != Screen.Disposal.RESTORE) {
      damage = null;
    }
    if (damage != null && !covered) {
      throw new FailedInput(
          "it is drawn over frame %d, which cannot be read".formatted(damaged + 1), damage);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.getRaster().setDataElements(0, 0, width, height, onto.pixels());
    return new Decoded(image, frame.asStored, frame.reduction, frame.warnings);
  }
}
