package dev.kmq.spark;

import dev.kmq.file.Archive;
import dev.kmq.file.Input;
import dev.kmq.file.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Opens the images of a task. An archive that has to be unpacked stays open for all of them. */
final class OpenSources implements AutoCloseable {
  /** Longer ones are read from the store as they are decoded. */
  private static final long IN_MEMORY = 16 << 20;

  private final Configuration hadoop;
  private final Filter filter;
  private @Nullable String uri;
  private Store.@Nullable LocalCopy copy;
  private @Nullable Archive archive;
  private List<Archive.Entry> entries = List.of();

  OpenSources(Configuration hadoop, Filter filter) {
    this.hadoop = hadoop;
    this.filter = filter;
  }

  /** Opens an image. */
  Input open(Source source) throws IOException {
    if (source.archive() != null) {
      Input.Bytes content = entries(source.uri()).get(source.entry()).content();
      return Input.stored(
          source.name(),
          source.path(),
          () -> new SeekableInMemoryByteChannel(Objects.requireNonNull(content).read()));
    }
    if (source.isFile() && Store.isLocal(source.uri())) {
      return Inputs.one(Store.local(source.uri()).toString(), InputStream.nullInputStream());
    }
    return Input.stored(source.name(), source.path(), () -> channel(source));
  }

  private SeekableByteChannel channel(Source source) throws IOException {
    StoreChannel channel = new StoreChannel(source.uri(), source.offset(), source.length(), hadoop);
    if (source.length() > IN_MEMORY) {
      return channel;
    }
    try (channel) {
      ByteBuffer bytes = ByteBuffer.allocate((int) source.length());
      while (bytes.hasRemaining()) {
        channel.read(bytes);
      }
      return new SeekableInMemoryByteChannel(bytes.array());
    }
  }

  private List<Archive.Entry> entries(String wanted) throws IOException {
    if (!wanted.equals(uri)) {
      close();
      copy = Store.LocalCopy.of(wanted, hadoop);
      archive = Archive.open(copy.path(), filter.selection());
      entries = archive.entries();
      uri = wanted;
    }
    return entries;
  }

  @Override
  public void close() throws IOException {
    uri = null;
    entries = List.of();
    Archive open = archive;
    Store.LocalCopy unneeded = copy;
    archive = null;
    copy = null;
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      if (unneeded != null) {
        unneeded.close();
      }
    }
  }
}
