package dev.kmq;

import dev.kmq.container.Header;
import dev.kmq.container.Method;
import dev.kmq.image.IndexSource;
import dev.kmq.index.mix.MatchSurvey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the header that gives the smallest file. */
final class SmallestFile {
  /** Matches slow down every decoding, so they must save at least 1/64 of the file. */
  private static final int LEAST_SAVING = 64;

  /** The number of pixels searched for repetitions at a time. */
  private static final int SURVEYED_PIXELS = 1 << 22;

  /** Encodes the image with one of the headers. */
  @FunctionalInterface
  interface Encoding {
    EncodedFile encode(Header header, int pass) throws IOException;
  }

  private SmallestFile() {}

  /** The headers to try: one for each method, and another for mix if matches may save bytes. */
  static List<Header> headers(IndexSource image, EncodeOptions options) {
    List<Header> headers = new ArrayList<>();
    for (Method method : options.methods()) {
      headers.add(header(image, options, method, false));
      if (method == Method.MIX && image.palette().size() > 1) {
        Header other = header(image, options, method, true);
        if (other.decodingCost() <= options.maxDecodingCost() && repeats(image)) {
          headers.add(other);
        }
      }
    }
    return headers;
  }

  private static Header header(
      IndexSource image, EncodeOptions options, Method method, boolean matches) {
    return Header.smallest(
        method,
        image.palette(),
        options.colorSpace(),
        options.tiling(method, image.width(), image.height()),
        !options.chunks().isEmpty(),
        matches);
  }

  private static boolean repeats(IndexSource image) {
    MatchSurvey survey = new MatchSurvey();
    int band = Math.max(1, Math.min(image.height(), SURVEYED_PIXELS / image.width()));
    for (int y = 0; y < image.height(); y += band) {
      survey.add(image.rows(y, Math.min(band, image.height() - y)));
    }
    return survey.isPromising();
  }

  /**
   * The smallest file; of equal ones, the first.
   *
   * @param headers at least one; a header with matches follows the same one without them
   */
  static EncodedFile of(List<Header> headers, Encoding encoding) throws IOException {
    EncodedFile best = encoding.encode(headers.get(0), 0);
    long sizeBefore = best.size();
    for (int i = 1; i < headers.size(); i++) {
      EncodedFile other = encoding.encode(headers.get(i), i);
      long most =
          other.header().matches() ? sizeBefore - sizeBefore / LEAST_SAVING : Long.MAX_VALUE;
      best = other.size() < Math.min(most, best.size()) ? other : best;
      sizeBefore = other.size();
    }
    return best;
  }
}
