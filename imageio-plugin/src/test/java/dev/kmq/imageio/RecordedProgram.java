package dev.kmq.imageio;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormat;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/** Calls everything of {@code javax.imageio} that takes names from a provider. */
public final class RecordedProgram {
  private RecordedProgram() {}

  /** Runs it with the providers of a loader. */
  public static void run(ClassLoader loader) throws Exception {
    ImageReaderSpi readerSpi = own(ImageReaderSpi.class, loader);
    ImageWriterSpi writerSpi = own(ImageWriterSpi.class, loader);
    for (String name : readerSpi.getImageWriterSpiNames()) {
      Class.forName(name, true, loader);
    }
    for (String name : writerSpi.getImageReaderSpiNames()) {
      Class.forName(name, true, loader);
    }
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = writerSpi.createWriterInstance();
    for (Locale locale : writer.getAvailableLocales()) {
      writer.setLocale(locale);
      bytes.reset();
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        writer.setOutput(out);
        // The thumbnail gives a warning, in the language of the locale.
        writer.addIIOWriteWarningListener((source, index, warning) -> {});
        writer.write(new IIOImage(image, List.of(image), null));
      }
    }
    ImageReader reader = readerSpi.createReaderInstance();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      reader.setInput(in);
      reader.readAll(0, null);
      IIOMetadata metadata = reader.getImageMetadata(0);
      for (String format : metadata.getMetadataFormatNames()) {
        describe(metadata.getMetadataFormat(format));
      }
    }
    for (ImageReaderWriterSpi spi : List.of(readerSpi, writerSpi)) {
      describe(spi.getImageMetadataFormat(spi.getNativeImageMetadataFormatName()));
    }
  }

  private static void describe(IIOMetadataFormat format) {
    for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN, Locale.JAPANESE)) {
      format.getElementDescription(format.getRootName(), locale);
    }
  }

  private static <T> T own(Class<T> service, ClassLoader loader) {
    for (T provider : ServiceLoader.load(service, loader)) {
      if (provider.getClass().getClassLoader() == loader) {
        return provider;
      }
    }
    throw new IllegalStateException("no " + service);
  }
}
