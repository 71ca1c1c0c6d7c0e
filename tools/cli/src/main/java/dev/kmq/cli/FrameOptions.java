package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.file.Input;
import dev.kmq.picture.FrameReader;
import dev.kmq.picture.Picture;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the frames, pages and other images of an input. */
final class FrameOptions {
  @Option(names = "--all-frames", description = "Write all frames or pages, with one palette.")
  boolean all;

  @Option(names = "--own-palettes", description = "With --all-frames: compute a palette for each.")
  boolean ownPalettes;

  /**
   * An image of an input that has several.
   *
   * @param index from 0
   */
  private record Place(FrameReader frames, int index, SharedPalette palette, OutputSizes sizes) {}

  private final Map<Input, Place> places = new HashMap<>();

  /** Why the images of an input could not be counted, which is reported when it is read. */
  private final Map<Input, IOException> failures = new HashMap<>();

  void check(TargetOptions targets, boolean skipIfLarger) {
    if (ownPalettes && !all) {
      throw new UsageException("--own-palettes needs --all-frames");
    }
    if (all && skipIfLarger) {
      throw new UsageException(
          "--skip-if-larger compares whole files and cannot be combined with --all-frames");
    }
    if (all && !ownPalettes && (targets.targetPsnr != null || targets.targetBytes != null)) {
      throw new UsageException(
          (targets.targetPsnr == null ? "--target-bytes" : "--target-psnr")
              + " finds a palette for each image; add --own-palettes to --all-frames");
    }
  }

  /** The images of an input, each as a part of it; the input itself if there is one. */
  List<Input> divide(Input input, PictureReader reader) {
    FrameReader frames;
    try {
      frames = reader.frames(input);
    } catch (IOException e) {
      failures.put(input, e);
      return List.of(input);
    } finally {
      input.release();
    }
    int count = frames.count();
    if (count < 2 && frames.startsWithStill()) {
      return List.of(input);
    }
    SharedPalette palette = new SharedPalette(frames);
    OutputSizes sizes = new OutputSizes();
    List<Input> parts = count < 2 ? List.of(input) : input.parts(count, frames.noun());
    for (int i = 0; i < parts.size(); i++) {
      places.put(parts.get(i), new Place(frames, i, palette, sizes));
    }
    return parts;
  }

  Picture read(Input input, PictureReader reader) throws IOException {
    IOException failure = failures.get(input);
    if (failure != null) {
      throw failure;
    }
    Place place = places.get(input);
    return place == null ? reader.read(input) : place.frames.read(place.index);
  }

  /** The sizes of all outputs of the input that this one is or is a part of. */
  OutputSizes sizes(Input input) {
    Place place = places.get(input);
    return place == null ? new OutputSizes() : place.sizes;
  }

  /** Whether this is the last part of an input, or a whole one. */
  boolean isLast(Input input) {
    Place place = places.get(input);
    return place == null || place.index == place.frames.count() - 1;
  }

  /** The options with the palette of all frames, if the input is one of several. */
  EncodeOptions shared(Input input, EncodeOptions options, SharedPalette.Rules rules)
      throws IOException {
    Place place = places.get(input);
    return place == null || ownPalettes ? options : place.palette.applied(options, rules);
  }
}
