package dev.kmq.imageio;

import dev.kmq.container.Format;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Tells {@code ImageIO} of {@link KmqImageReader}. */
public final class KmqImageReaderSpi extends ImageReaderSpi {
  /** Names things and does nothing else, as a provider must. */
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

  /** Whether the stream stands at the signature of a kmq file; leaves it where it was. */
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
