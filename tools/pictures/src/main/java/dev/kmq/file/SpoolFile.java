package dev.kmq.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Temporary files for what does not fit into memory. */
public final class SpoolFile {
  /** The most bytes of an input that are kept in memory rather than in such a file: 2^24. */
  static final int MOST_IN_MEMORY = 1 << 24;

  private static final String ELSEWHERE =
      "name a folder of another disk by KMQ_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";

  private SpoolFile() {}

  /**
   * A new, empty file in the system's folder for temporary files. It is deleted when it is closed,
   * or when the program ends.
   *
   * @throws FailedInput if none can be created
   */
  public static FileChannel open() throws FailedInput {
    try {
      return FileChannel.open(
          Files.createTempFile("kmq", ".spool"),
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new FailedInput(
          "no temporary file can be created in %s: %s"
              .formatted(System.getProperty("java.io.tmpdir"), FailedOutput.reason(e, ELSEWHERE)),
          e);
    }
  }

  /**
   * Writes all remaining bytes at a position.
   *
   * @throws FailedInput if that fails, as on a full disk, which is no damage of the input
   */
  public static void write(FileChannel file, ByteBuffer bytes, long position) throws FailedInput {
    try {
      for (long at = position; bytes.hasRemaining(); ) {
        at += file.write(bytes, at);
      }
    } catch (IOException e) {
      throw new FailedInput(
          "cannot write to a temporary file in %s: %s"
              .formatted(System.getProperty("java.io.tmpdir"), FailedOutput.reason(e, ELSEWHERE)),
          e);
    }
  }
}
