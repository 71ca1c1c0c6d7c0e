package dev.kmq.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a file that remembers that it failed, since encoders of images replace the exception
 * by one that names neither file nor cause.
 */
final class WatchedOutput extends OutputStream {
  private final Path output;
  private final OutputStream out;
  private @Nullable FailedOutput failure;

  /** Writes to a stream; failures name the output. */
  WatchedOutput(Path output, OutputStream out) {
    this.output = output;
    this.out = out;
  }

  /** Throws the first failure, if there was one. */
  void requireWritten() throws FailedOutput {
    FailedOutput known = failure;
    if (known != null) {
      throw known;
    }
  }

  private FailedOutput failed(IOException e) {
    FailedOutput first = failure;
    if (first == null) {
      first = FailedOutput.of(output, e);
      failure = first;
    }
    return first;
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
