package dev.kmq.imageio;

import java.util.Locale;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Tells {@code ImageIO} of {@link KmqImageWriter}. */
public final class KmqImageWriterSpi extends ImageWriterSpi {
  /** Names things and does nothing else, as a provider must. */
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
