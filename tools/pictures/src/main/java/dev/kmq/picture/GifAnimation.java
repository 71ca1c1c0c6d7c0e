package dev.kmq.picture;

import dev.kmq.container.Limits;
import dev.kmq.file.FailedInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/** The frames of a GIF file as browsers show them. */
final class GifAnimation extends Animation {
  private static final int TO_BACKGROUND = 2;
  private static final int TO_PREVIOUS = 3;

  /**
   * Where an image is.
   *
   * @param start position just after its marker
   * @param transparent index, or -1
   */
  private record Place(long start, int transparent) {}

  private final ImageInputStream in;
  private final GifBlocks blocks;
  private final Limits limits;
  private final List<Place> places;
  private boolean lacksTrailer;

  private GifAnimation(
      ImageInputStream in,
      GifBlocks blocks,
      Limits limits,
      int width,
      int height,
      List<Screen.Area> areas,
      List<Place> places) {
    super(width, height, areas);
    this.in = in;
    this.blocks = blocks;
    this.limits = limits;
    this.places = List.copyOf(places);
  }

  /** Finds the frames in a stream, which must stay open. */
  static GifAnimation open(ImageInputStream in, Limits limits) throws IOException {
    GifBlocks blocks = new GifBlocks(in);
    List<Screen.Area> areas = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    int width = blocks.screenWidth();
    int height = blocks.screenHeight();
    FailedInput damage = null;
    boolean cut = false;
    boolean lacksTrailer = false;
    long end = in.getStreamPosition();
    try {
      while (blocks.toImage()) {
        Place place = new Place(in.getStreamPosition(), blocks.transparent());
        int[] bounds = blocks.bounds();
        if (areas.isEmpty()) {
          width = Math.max(width, bounds[0] + bounds[2]);
          height = Math.max(height, bounds[1] + bounds[3]);
        }
        areas.add(area(bounds, blocks.disposal()));
        places.add(place);
        cut = true;
        blocks.skipImage();
        cut = false;
        end = in.getStreamPosition();
      }
    } catch (EOFException e) {
      damage = FailedInput.truncated(e);
      lacksTrailer = cut || in.getStreamPosition() == end;
    } catch (FailedInput e) {
      damage = e;
    }
    if (areas.isEmpty()) {
      throw damage == null ? FailedInput.damaged("it has no image") : damage;
    }
    PixelLimit.check(width, height, limits);
    GifAnimation animation = new GifAnimation(in, blocks, limits, width, height, areas, places);
    if (cut) {
      animation.checkLast();
    } else if (damage != null && !lacksTrailer) {
      animation.lacksMore(damage);
    }
    animation.lacksTrailer = lacksTrailer && animation.missing() == null;
    return animation;
  }

  /** Browsers show such files, which may have lost frames or not. */
  @Override
  public List<String> warnings() {
    return lacksTrailer
        ? List.of("the file ends without a trailer after frame " + count())
        : List.of();
  }

  private static Screen.Area area(int[] bounds, int disposal) {
    Screen.Disposal after =
        switch (disposal) {
          case TO_BACKGROUND -> Screen.Disposal.CLEAR;
          case TO_PREVIOUS -> Screen.Disposal.RESTORE;
          default -> Screen.Disposal.KEEP;
        };
    return new Screen.Area(bounds[0], bounds[1], bounds[2], bounds[3], true, after);
  }

  @Override
  Frame frame(int index) throws IOException {
    Place place = places.get(index);
    List<String> warnings = new ArrayList<>();
    try {
      in.seek(place.start);
      GifBlocks.Image image = blocks.readImage(limits);
      int[] argb = GifFile.argb(image, place.transparent, warnings);
      return new Frame(argb, false, null, warnings);
    } catch (EOFException e) {
      throw FailedInput.truncated(e);
    }
  }
}
