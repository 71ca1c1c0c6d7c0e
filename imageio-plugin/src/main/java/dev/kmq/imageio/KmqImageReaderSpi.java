package dev.kmq.imageio;

import dev.kmq.container.Format;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Registers {@link KmqImageReader} with {@code ImageIO}. */
public final class KmqImageReaderSpi extends ImageReaderSpi {
  /** Only sets names: providers must be cheap to create. */
  public KmqImageReaderSpi() {
    super(
        Names.VENDOR,
        Names.VERSION,
        Names.formats(),
        Names.suffixes(),
        Names.mediaTypes(),
        "dev.kmq.imageio.KmqImageReader",
        new Class<?>[] {ImageInputStream.class},
        new String[] {"dev.kmq.imageio.KmqImageWriterSpi"},
        false,
        null,
        null,
        null,
        null,
        true,
        KmqImageMetadata.NATIVE_FORMAT,
        KmqImageMetadata.FORMAT_CLASS,
        null,
        null);
  }

  /** Whether the stream is at the signature of a kmq file; the position is restored. */
  @Override
  public boolean canDecodeInput(@Nullable Object source) throws IOException {
    if (source == null) {
      throw new IllegalArgumentException("source is null");
    }
    if (!(source instanceof ImageInputStream stream)) {
      return false;
    }
    byte[] signature = Format.signature();
    byte[] found = new byte[signature.length];
    stream.mark();
    try {
      int got = 0;
      while (got < found.length) {
        int n = stream.read(found, got, found.length - got);
        if (n < 0) {
          return false;
        }
        got += n;
      }
      return Arrays.equals(signature, found);
    } finally {
      stream.reset();
    }
  }

  @Override
  public ImageReader createReaderInstance(@Nullable Object extension) {
    return new KmqImageReader(this);
  }

  @Override
  public String getDescription(@Nullable Locale locale) {
    return "kmq indexed-colour image reader";
  }
}
