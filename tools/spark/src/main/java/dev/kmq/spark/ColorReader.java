package dev.kmq.spark;

import dev.kmq.PaletteHistogram;
import dev.kmq.container.Limits;
import dev.kmq.file.Input;
import dev.kmq.picture.MetadataPolicy;
import dev.kmq.picture.PictureReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the colours of the images of a task, which are read as {@code kmq palette} reads them.
 *
 * @param backdrop opaque colour to composite images onto, or null
 */
record ColorReader(
    Broadcast<SerializableConfiguration> hadoop,
    Filter filter,
    @Nullable Integer backdrop,
    long maxPixels,
    long maxWork)
    implements Serializable {
  /** Receives the colours of the images that can be read, and the failures of the others. */
  interface Sink {
    /** The colours of an image. */
    void add(Source source, PaletteHistogram colors);

    /** An image that cannot be read. */
    void fail(String name, String error);
  }

  void read(Iterator<Share> shares, Sink sink) throws IOException {
    Plugins.load();
    try (OpenSources open = new OpenSources(hadoop.value().value(), filter)) {
      while (shares.hasNext()) {
        Share share = shares.next();
        for (Shard shard : share.shards()) {
          for (Source source : shard.sources()) {
            read(source, open, sink);
          }
        }
        share.failed().forEach(one -> sink.fail(one.name(), one.error()));
      }
    }
  }

  private void read(Source source, OpenSources open, Sink sink) {
    Limits limits = Limits.defaults().withMaxPixels(maxPixels).withMaxWork(maxWork);
    PictureReader reader = new PictureReader(limits, MetadataPolicy.NONE, true, backdrop);
    PaletteHistogram colors;
    try {
      colors =
          Memory.use(
              () -> {
                try (Input input = open.open(source)) {
                  return PaletteHistogram.of(reader.read(input).pixels());
                }
              });
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      Killed.check();
      sink.fail(source.name(), Failure.message(e));
      return;
    }
    Killed.check();
    sink.add(source, colors);
  }
}
