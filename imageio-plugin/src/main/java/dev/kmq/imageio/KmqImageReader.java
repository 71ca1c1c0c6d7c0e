package dev.kmq.imageio;

import dev.kmq.container.DecodeOptions;
import dev.kmq.container.Header;
import dev.kmq.container.KmqReader;
import dev.kmq.container.Limits;
import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .kmq} files. Sizes and types come from the header alone; a source region decodes
 * only the tiles that it touches, on several threads if these are several. What is taken on is
 * limited by {@link KmqImageReadParam}; threads by the system property {@code dev.kmq.threads}.
 */
public final class KmqImageReader extends ImageReader {
  private @Nullable Opened opened;
  private boolean reading;

  /** A file whose header has been read. */
  private record Opened(KmqReader reader, Palette palette, List<ImageTypeSpecifier> types) {
    Header header() {
      return reader.header();
    }
  }

  KmqImageReader(ImageReaderSpi provider) {
    super(provider);
  }

  @Override
  public void setInput(@Nullable Object source, boolean seekForwardOnly, boolean ignoreMetadata) {
    super.setInput(source, seekForwardOnly, ignoreMetadata);
    opened = null;
  }

  @Override
  public void reset() {
    super.reset();
    opened = null;
  }

  @Override
  public void dispose() {
    opened = null;
  }

  private ImageInputStream stream() {
    if (getInput() instanceof ImageInputStream stream) {
      return stream;
    }
    throw new IllegalStateException("no input has been set");
  }

  private Opened open(int imageIndex) throws IOException {
    ImageInputStream stream = stream();
    if (imageIndex != 0) {
      throw new IndexOutOfBoundsException("a kmq file has image 0 alone, not " + imageIndex);
    }
    Opened known = opened;
    if (known != null) {
      return known;
    }
    try {
      StreamChannel channel = new StreamChannel(stream, () -> reading && abortRequested());
      KmqReader reader = KmqReader.open(channel, options());
      Palette palette = PaletteConversion.toSrgb(reader.header(), reader.chunks());
      Opened now = new Opened(reader, palette, ImageTypes.of(palette));
      opened = now;
      return now;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Size alone is no reason to refuse a header: what is decoded is limited where it is read. */
  private static DecodeOptions options() {
    Limits limits = Limits.defaults();
    return DecodeOptions.builder()
        .limits(limits.withMaxPixels(Long.MAX_VALUE).withMaxRasterBytes(Long.MAX_VALUE))
        .threads(Settings.threads())
        .build();
  }

  private static IIOException refused(IOException e) {
    return e instanceof IIOException already ? already : new IIOException(e.getMessage(), e);
  }

  @Override
  public int getNumImages(boolean allowSearch) {
    stream();
    return 1;
  }

  @Override
  public int getWidth(int imageIndex) throws IOException {
    return open(imageIndex).header().width();
  }

  @Override
  public int getHeight(int imageIndex) throws IOException {
    return open(imageIndex).header().height();
  }

  @Override
  public boolean isImageTiled(int imageIndex) throws IOException {
    return open(imageIndex).header().tiling().count() > 1;
  }

  @Override
  public int getTileWidth(int imageIndex) throws IOException {
    return open(imageIndex).header().tiling().tileWidth();
  }

  @Override
  public int getTileHeight(int imageIndex) throws IOException {
    return open(imageIndex).header().tiling().tileHeight();
  }

  /** Regions are decoded alone where there are several tiles. */
  @Override
  public boolean isRandomAccessEasy(int imageIndex) throws IOException {
    return isImageTiled(imageIndex);
  }

  /** The palette over indices of 1, 2, 4, 8 or 16 bits, in sRGB. */
  @Override
  public ImageTypeSpecifier getRawImageType(int imageIndex) throws IOException {
    return ImageTypes.indexed(open(imageIndex).palette());
  }

  @Override
  public Iterator<ImageTypeSpecifier> getImageTypes(int imageIndex) throws IOException {
    return open(imageIndex).types().iterator();
  }

  @Override
  public ImageReadParam getDefaultReadParam() {
    return new KmqImageReadParam();
  }

  @Override
  public @Nullable IIOMetadata getStreamMetadata() {
    stream();
    return null;
  }

  @Override
  public @Nullable IIOMetadata getImageMetadata(int imageIndex) throws IOException {
    open(imageIndex);
    return null;
  }

  @Override
  public BufferedImage read(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    Opened file = open(imageIndex);
    Header header = file.header();
    ImageReadParam settings = param == null ? getDefaultReadParam() : param;
    ReadLimits.check(
        header, settings, file.types(), getSourceRegion(settings, header.width(), header.height()));
    BufferedImage image = destination(settings, file);
    checkBands(settings, image, file.palette());
    Rectangle source = new Rectangle();
    Rectangle target = new Rectangle();
    computeRegions(settings, header.width(), header.height(), image, source, target);
    RegionReading region =
        new RegionReading(
            file.reader(),
            new Destination(
                image, file.palette(), settings.getSourceBands(), settings.getDestinationBands()),
            source,
            target,
            settings.getSourceXSubsampling(),
            settings.getSourceYSubsampling());
    clearAbortRequest();
    processImageStarted(imageIndex);
    if (read(region, source.height)) {
      processImageComplete();
    } else {
      processReadAborted();
    }
    return image;
  }

  /** Whether the region has been read to its end. */
  private boolean read(RegionReading region, int rows) throws IOException {
    reading = true;
    try {
      processImageProgress(0);
      if (!abortRequested()) {
        region.read(
            done -> {
              processImageProgress(100f * done / rows);
              return !abortRequested();
            });
      }
      return !abortRequested();
    } catch (AbortedException e) {
      return false;
    } catch (IOException e) {
      throw refused(e);
    } finally {
      reading = false;
    }
  }

  private static BufferedImage destination(ImageReadParam settings, Opened file)
      throws IIOException {
    BufferedImage given = settings.getDestination();
    if (given != null && !ImageTypes.matches(given, file.palette())) {
      throw new IIOException(
          "the destination's type, "
              + given.getType()
              + " with "
              + given.getColorModel()
              + ", is none of the image types that this picture can be read into");
    }
    int width = file.header().width();
    int height = file.header().height();
    return getDestination(settings, file.types().iterator(), width, height);
  }

  /** An indexed image has one band, others have red, green, blue and, as far as there is, alpha. */
  private static void checkBands(ImageReadParam settings, BufferedImage image, Palette palette) {
    int bands = image.getSampleModel().getNumBands();
    boolean choice = settings.getSourceBands() != null && bands > 1;
    int sources = choice && palette.hasAlpha() ? 4 : bands;
    checkReadParamBandSettings(settings, sources, bands);
  }

  @Override
  public BufferedImage readTile(int imageIndex, int tileX, int tileY) throws IOException {
    Tiling tiling = open(imageIndex).header().tiling();
    if (tileX < 0 || tileY < 0 || tileX >= tiling.columns() || tileY >= tiling.rows()) {
      throw new IllegalArgumentException(
          "there are %dx%d tiles, none at (%d, %d)"
              .formatted(tiling.columns(), tiling.rows(), tileX, tileY));
    }
    int tile = tileY * tiling.columns() + tileX;
    ImageReadParam param = getDefaultReadParam();
    param.setSourceRegion(
        new Rectangle(tiling.x(tile), tiling.y(tile), tiling.width(tile), tiling.height(tile)));
    return read(imageIndex, param);
  }
}
