package dev.kmq.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One input of a command: a file, an entry of an archive, standard input or another pipe. It is
 * opened when its first byte is read, and once: all streams are views of the same bytes. Closing
 * ends it.
 */
public final class Input implements Closeable {
  /** Standard input as an argument, standard output as the value of {@code -o}. */
  public static final String STANDARD = "-";

  private static final int BUFFER_BYTES = 1 << 16;

  /** Reads the bytes of an entry of an archive. */
  @FunctionalInterface
  public interface Bytes {
    /** All bytes. */
    byte[] read() throws IOException;
  }

  /** Opens a file or an entry. */
  @FunctionalInterface
  public interface Opener {
    /** A channel of all bytes, which the input closes. */
    SeekableByteChannel open() throws IOException;
  }

  private final String name;
  private final String relative;
  private final @Nullable Path relativePath;
  private final @Nullable Path folder;
  private final @Nullable Path path;
  private final @Nullable Path source;
  private final @Nullable Opener opener;
  private final @Nullable Replay replay;
  private @Nullable SeekableByteChannel channel;
  private boolean begun;
  private boolean closed;

  /** The input whose bytes this part shares, and the part's number; null for a whole input. */
  private @Nullable Whole whole;

  private @Nullable String number;

  /** An input that ends with the last of its parts. */
  private static final class Whole {
    private final Input input;
    private final int count;
    private int open;

    Whole(Input input, int count) {
      this.input = input;
      this.count = count;
      this.open = count;
    }

    synchronized void closeOne() {
      open--;
      if (open == 0) {
        input.close();
      }
    }
  }

  private Input(
      String name,
      String relative,
      @Nullable Path relativePath,
      @Nullable Path folder,
      @Nullable Path path,
      @Nullable Path source,
      @Nullable Opener opener,
      @Nullable Replay replay) {
    this.name = name;
    this.relative = relative;
    this.relativePath = relativePath;
    this.folder = folder;
    this.path = path;
    this.source = source;
    this.opener = opener;
    this.replay = replay;
  }

  /**
   * A file.
   *
   * @param relative path below the folder that is searched, or the file's name
   */
  static Input file(Path path, Path relative) {
    return file(path, relative, () -> FileChannel.open(path));
  }

  /** A file that is opened in another way. */
  static Input file(Path path, Path relative, Opener opener) {
    String name = FileNames.joined(relative);
    return new Input(path.toString(), name, relative, null, path, path, opener, null);
  }

  static Input standard(InputStream stream) {
    return pipe(STANDARD, () -> CloseShieldInputStream.wrap(stream));
  }

  /** A pipe or a device, which is read like standard input: once, and to its end. */
  static Input pipe(Path path) {
    return pipe(path.toString(), () -> Files.newInputStream(path));
  }

  private static Input pipe(String name, Replay.Source source) {
    return new Input(name, name, null, null, null, null, null, new Replay(source));
  }

  /**
   * An entry of an archive.
   *
   * @param archive the file with the entry
   * @param folder where its output goes if no other folder is named
   */
  static Input entry(String name, String relative, Path archive, Path folder, Bytes bytes) {
    Opener opener = () -> channel(bytes.read());
    return new Input(name, relative, null, folder, null, archive, opener, null);
  }

  /** The bytes as a channel; many are in a temporary file, so that memory is left for an image. */
  private static SeekableByteChannel channel(byte[] bytes) throws IOException {
    if (bytes.length <= SpoolFile.MOST_IN_MEMORY) {
      return new SeekableInMemoryByteChannel(bytes);
    }
    FileChannel file = SpoolFile.open();
    try {
      SpoolFile.write(file, ByteBuffer.wrap(bytes), 0);
    } catch (FailedInput e) {
      file.close();
      throw e;
    }
    return file;
  }

  /**
   * An input in a store of any kind.
   *
   * @param name in messages
   * @param relative path with {@code /} below the folder of outputs, suffix included
   */
  public static Input stored(String name, String relative, Opener opener) {
    return new Input(name, relative, null, null, null, null, opener, null);
  }

  /**
   * Views of all bytes, one for each part of the content, such as a frame. The last one that is
   * closed closes this input.
   *
   * @param noun for a part, in the singular
   */
  public List<Input> parts(int count, String noun) {
    Whole shared = new Whole(this, count);
    int digits = Math.max(2, String.valueOf(count).length());
    List<Input> parts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String title = name + ", " + noun + " " + i;
      Input part = new Input(title, relative, relativePath, folder, path, source, null, replay);
      part.whole = shared;
      part.number = String.format(Locale.ROOT, "%0" + digits + "d", i);
      parts.add(part);
    }
    return parts;
  }

  /** The number of this part, with zeros so that the parts of an input sort; null if whole. */
  public @Nullable String number() {
    return number;
  }

  /** Whether this and another are parts of the same input. */
  public boolean isPartWith(Input other) {
    return whole != null && whole == other.whole;
  }

  /** The name of the input in messages. */
  public String name() {
    return name;
  }

  /** Path with {@code /} below the folder of outputs, suffix included. */
  public String relative() {
    return relative;
  }

  /**
   * {@link #relative} as the file system has it, byte for byte; null if the input is not a file on
   * disk.
   */
  public @Nullable Path relativePath() {
    return relativePath;
  }

  /** The folder that outputs go to, mirrored, when the user names none; null for pipes. */
  public @Nullable Path folder() {
    return path == null ? folder : path.toAbsolutePath().getParent();
  }

  /**
   * Whether this is standard input or another pipe, which has no name to derive an output's from.
   */
  public boolean isPipe() {
    return replay != null;
  }

  /** The file, or the archive of an entry; null for pipes. */
  public @Nullable Path source() {
    return source;
  }

  /** The file, or null if the input is not a file on disk. */
  public @Nullable Path path() {
    return path;
  }

  /**
   * Reads bytes at a position.
   *
   * @return their number, at least 1 unless {@code count} is 0, or -1 at the end
   */
  public synchronized int read(long position, byte[] target, int offset, int count)
      throws IOException {
    if (whole != null) {
      return whole.input.read(position, target, offset, count);
    }
    if (replay != null) {
      begin(replay);
      return replay.read(position, target, offset, count);
    }
    return seek(position).read(ByteBuffer.wrap(target, offset, count));
  }

  /** The first bytes, fewer if the input has no more. */
  public byte[] start(int count) throws IOException {
    return open().readNBytes(count);
  }

  /** A buffered stream of the bytes from the start, which need not be closed. */
  public InputStream open() throws IOException {
    read(0, new byte[1], 0, 0);
    return new BufferedInputStream(new View(), BUFFER_BYTES);
  }

  private final class View extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int n = Input.this.read(position, target, offset, count);
      position += Math.max(n, 0);
      return n;
    }

    @Override
    public long skip(long count) throws IOException {
      if (replay != null) {
        return super.skip(count);
      }
      long n = Math.max(0, Math.min(count, size() - position));
      position += n;
      return n;
    }
  }

  /** The bytes as a channel at its start, or null for a pipe. */
  public synchronized @Nullable SeekableByteChannel channel() throws IOException {
    return whole != null ? whole.input.channel() : replay == null ? seek(0) : null;
  }

  private SeekableByteChannel seek(long position) throws IOException {
    SeekableByteChannel open = channel;
    if (open == null || !open.isOpen()) {
      open = Objects.requireNonNull(opener).open();
      channel = open;
    }
    return open.position(position);
  }

  /** Without a name, an archive would be reported as a damaged image. */
  private void begin(Replay pipe) throws IOException {
    if (!begun) {
      byte[] start = new byte[Archive.Form.SIGNATURE_BYTES];
      int length = 0;
      for (int n = 0; n >= 0 && length < start.length; length += Math.max(n, 0)) {
        n = pipe.read(length, start, length, start.length - length);
      }
      if (Archive.Form.begins(Arrays.copyOf(start, length))) {
        throw new FailedInput("is an archive; archives are read from files, not from pipes");
      }
      begun = true;
    }
  }

  /** Size in bytes. */
  public synchronized long size() throws IOException {
    if (whole != null) {
      return whole.input.size();
    }
    if (replay != null) {
      return replay.size();
    }
    return path != null ? Files.size(path) : seek(0).size();
  }

  /** The bytes that count as those of this part, so that all parts add up to the whole. */
  public long share() throws IOException {
    if (whole == null || number == null) {
      return size();
    }
    long bytes = size();
    int at = Integer.parseInt(number);
    return bytes * at / whole.count - bytes * (at - 1) / whole.count;
  }

  /**
   * Closes a file and drops the bytes of an entry; a pipe, which is read once, keeps its bytes. A
   * part does nothing, because the others need them.
   */
  public synchronized void release() {
    SeekableByteChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing was written to it.
      }
    }
  }

  @Override
  public synchronized void close() {
    if (whole != null) {
      if (!closed) {
        closed = true;
        whole.closeOne();
      }
      return;
    }
    release();
    if (replay != null) {
      replay.close();
    }
  }
}
