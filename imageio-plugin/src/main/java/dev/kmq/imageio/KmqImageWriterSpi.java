package dev.kmq.imageio;

import java.util.Locale;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Registers {@link KmqImageWriter} with {@code ImageIO}. */
public final class KmqImageWriterSpi extends ImageWriterSpi {
  /** Only sets names: providers must be cheap to create. */
  public KmqImageWriterSpi() {
    super(
        Names.VENDOR,
        Names.VERSION,
        Names.formats(),
        Names.suffixes(),
        Names.mediaTypes(),
        "dev.kmq.imageio.KmqImageWriter",
        new Class<?>[] {ImageOutputStream.class},
        new String[] {"dev.kmq.imageio.KmqImageReaderSpi"},
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

  /** Images of every type can be written. */
  @Override
  public boolean canEncodeImage(@Nullable ImageTypeSpecifier type) {
    if (type == null) {
      throw new IllegalArgumentException("type is null");
    }
    return true;
  }

  @Override
  public ImageWriter createWriterInstance(@Nullable Object extension) {
    return new KmqImageWriter(this);
  }

  @Override
  public String getDescription(@Nullable Locale locale) {
    return "kmq indexed-colour image writer";
  }
}
