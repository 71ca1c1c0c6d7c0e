package dev.kmq.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/** A stream that concatenates parts of another one, and may end with bytes of its own. */
final class Splice extends ImageInputStreamImpl {
  private record Part(long start, long end, long at) {}

  private final ImageInputStream source;
  private final List<Part> parts = new ArrayList<>();
  private byte[] end = {};

  /** Length of all parts. */
  private long length;

  private int current;

  /** An empty stream; closing it does not close the source. */
  Splice(ImageInputStream source) {
    this.source = source;
  }

  /** Appends the bytes of the source from {@code start} up to {@code end}, exclusive. */
  void add(long start, long end) {
    if (!parts.isEmpty() && parts.get(parts.size() - 1).end == start) {
      Part last = parts.remove(parts.size() - 1);
      parts.add(new Part(last.start, end, last.at));
    } else {
      parts.add(new Part(start, end, length));
    }
    length += end - start;
  }

  /** Sets the bytes after all parts. */
  void end(byte[] bytes) {
    end = bytes.clone();
  }

  @Override
  public long length() {
    return length + end.length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Reads all bytes asked for, or up to the end: the JDK treats a short read as the end. */
  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    checkClosed();
    bitOffset = 0;
    int done = 0;
    while (done < count && streamPos < length) {
      Part part = part();
      long skipped = streamPos - part.at;
      source.seek(part.start + skipped);
      int most = (int) Math.min(count - done, part.end - part.start - skipped);
      int n = source.read(target, offset + done, most);
      if (n <= 0) {
        break;
      }
      streamPos += n;
      done += n;
    }
    while (done < count && streamPos >= length && streamPos < length()) {
      target[offset + done++] = end[(int) (streamPos++ - length)];
    }
    return done == 0 && count > 0 ? -1 : done;
  }

  /** The part at the current position; reading is mostly sequential. */
  private Part part() {
    while (parts.get(current).at > streamPos) {
      current--;
    }
    while (current + 1 < parts.size() && parts.get(current + 1).at <= streamPos) {
      current++;
    }
    return parts.get(current);
  }
}
