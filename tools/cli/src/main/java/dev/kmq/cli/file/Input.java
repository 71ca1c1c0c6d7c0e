package dev.kmq.cli.file;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One thing to be done: a file, an entry of an archive, standard input or another pipe. */
public final class Input {
  /** Standard input as an argument, standard output as the value of {@code -o}. */
  public static final String STANDARD = "-";

  /** Reads the bytes of an input that is no file. */
  @FunctionalInterface
  interface Bytes {
    byte[] read() throws IOException;
  }

  private final String name;
  private final String relative;
  private final @Nullable Path relativePath;
  private final @Nullable Path folder;
  private final @Nullable Path path;
  private final @Nullable Bytes bytes;
  private final @Nullable Replay replay;
  private byte @Nullable [] content;

  private Input(
      String name,
      String relative,
      @Nullable Path relativePath,
      @Nullable Path folder,
      @Nullable Path path,
      @Nullable Bytes bytes,
      @Nullable Replay replay) {
    this.name = name;
    this.relative = relative;
    this.relativePath = relativePath;
    this.folder = folder;
    this.path = path;
    this.bytes = bytes;
    this.replay = replay;
  }

  /**
   * A file.
   *
   * @param relative path below the folder that is walked through, or the file's name
   */
  static Input file(Path path, Path relative) {
    return new Input(path.toString(), FileNames.joined(relative), relative, null, path, null, null);
  }

  static Input standard(InputStream stream) {
    InputStream unclosed =
        new FilterInputStream(stream) {
          @Override
          public void close() {} // it is not ours
        };
    return new Input(STANDARD, STANDARD, null, null, null, null, new Replay(() -> unclosed));
  }

  /** A pipe or a device, which is read as standard input is: once, and to its end. */
  static Input pipe(Path path) {
    Replay replay = new Replay(() -> Files.newInputStream(path));
    return new Input(path.toString(), path.toString(), null, null, null, null, replay);
  }

  /**
   * An entry of an archive.
   *
   * @param folder where its output goes if no other folder is named
   */
  static Input entry(String name, String relative, Path folder, Bytes bytes) {
    return new Input(name, relative, null, folder, null, bytes, null);
  }

  /** How the input is called in messages. */
  public String name() {
    return name;
  }

  /** Path with {@code /} below the folder of outputs, suffix and all. */
  public String relative() {
    return relative;
  }

  /**
   * {@link #relative} as the file system has it, byte for byte; null if the input is no file on
   * disk.
   */
  public @Nullable Path relativePath() {
    return relativePath;
  }

  /** The folder that outputs go to, mirrored, when the user names none; null for pipes. */
  public @Nullable Path folder() {
    return path == null ? folder : path.toAbsolutePath().getParent();
  }

  /** Whether this is an entry of an archive. */
  public boolean isEntry() {
    return path == null && folder != null;
  }

  /** Whether this is standard input or another pipe, which has no name to call an output by. */
  public boolean isPipe() {
    return path == null && folder == null;
  }

  /** The file, or null if the input is none. */
  public @Nullable Path path() {
    return path;
  }

  /** A stream of the bytes from the start; may be called again. */
  public InputStream open() throws IOException {
    if (replay != null) {
      refuseArchive(replay);
      return replay.open();
    }
    return path != null ? Files.newInputStream(path) : new ByteArrayInputStream(content());
  }

  /** An archive is told by its first bytes; without a name it would be a damaged picture. */
  private static void refuseArchive(Replay replay) throws IOException {
    if (Archive.Form.begins(replay.open().readNBytes(Archive.Form.SIGNATURE_BYTES))) {
      throw new FailedInput("is an archive; archives are read from files, not from pipes");
    }
  }

  /** All bytes of an entry are read once and kept until {@link #release}. */
  private synchronized byte[] content() throws IOException {
    byte[] known = content;
    if (known == null) {
      if (bytes == null) {
        throw new IllegalStateException("a file is read by its path");
      }
      known = bytes.read();
      content = known;
    }
    return known;
  }

  /** Size in bytes. */
  public long size() throws IOException {
    if (replay != null) {
      return replay.size();
    }
    return path != null ? Files.size(path) : content().length;
  }

  /** Lets go of bytes that were kept; an input that is a pipe is done with then. */
  public synchronized void release() {
    content = null;
    if (replay != null) {
      replay.release();
    }
  }
}
