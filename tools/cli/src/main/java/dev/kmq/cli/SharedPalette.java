package dev.kmq.cli;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.PaletteChoice;
import dev.kmq.container.Chunk;
import dev.kmq.file.FailedInput;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Metric;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.picture.FrameReader;
import dev.kmq.picture.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One palette for all images of an input, computed when the first of them is encoded. */
final class SharedPalette {
  /** How an image is encoded by itself. */
  interface Rules {
    /** Whether it keeps its own palette and indices. */
    boolean keepsIndices(Picture picture);

    Metric metric(Picture picture);
  }

  private final FrameReader frames;

  /** Null before it is computed. */
  private @Nullable EncodeOptions computed;

  SharedPalette(FrameReader frames) {
    this.frames = frames;
  }

  /**
   * The options with the palette; unchanged if all images keep the same palette, or a palette is
   * given.
   */
  synchronized EncodeOptions applied(EncodeOptions options, Rules rules) throws IOException {
    if (computed == null) {
      computed =
          options.palette() instanceof PaletteChoice.Given ? options : compute(options, rules);
    }
    return computed;
  }

  private EncodeOptions compute(EncodeOptions options, Rules rules) throws IOException {
    List<Integer> readable = new ArrayList<>();
    Set<Palette> palettes = new HashSet<>();
    Set<List<Chunk>> profiles = new HashSet<>();
    boolean kept = true;
    Metric metric = Metric.OKLAB;
    for (int i = 0; i < frames.count(); i++) {
      Picture picture;
      try {
        picture = frames.read(i);
      } catch (IOException e) {
        continue; // this image fails by itself
      }
      readable.add(i);
      IndexSource indexed = picture.indexed();
      kept &= indexed != null && rules.keepsIndices(picture);
      if (kept) {
        palettes.add(Objects.requireNonNull(indexed).palette());
        kept = palettes.size() == 1;
      }
      profiles.add(picture.chunks().stream().filter(c -> c.type().equals(Chunk.ICCP)).toList());
      metric = rules.metric(picture) == Metric.RGB ? Metric.RGB : metric;
    }
    if (profiles.size() > 1) {
      throw new FailedInput(
          "the %ss have different colour profiles; use --to-srgb or --own-palettes"
              .formatted(frames.noun()));
    }
    if (kept) {
      return options;
    }
    KmqEncoder encoder = new KmqEncoder(options.toBuilder().metric(metric).build());
    try {
      Palette palette = encoder.palette(new Pixels(frames, readable));
      return options.toBuilder().palette(PaletteChoice.given(palette)).build();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /** Images that are read on demand and not kept. */
  private static final class Pixels extends AbstractList<PixelSource> {
    private final FrameReader frames;
    private final List<Integer> readable;

    Pixels(FrameReader frames, List<Integer> readable) {
      this.frames = frames;
      this.readable = readable;
    }

    @Override
    public PixelSource get(int index) {
      try {
        return frames.read(readable.get(index)).pixels();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int size() {
      return readable.size();
    }
  }
}
