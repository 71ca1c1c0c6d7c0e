package dev.kmq.imageio;

import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .kmq} files, as RGB or RGBA images unless an indexed image is requested by {@link
 * KmqImageReadParam#setIndexed} or the destination type. Sizes, types and metadata are read from
 * the part of the file before the tiles. For a source region, only the tiles that it intersects are
 * decoded, several of them in parallel unless they are packed. {@link KmqImageReadParam} limits
 * pixels, memory and work; the number of threads is limited by the system property {@code
 * dev.kmq.threads}.
 *
 * <p>Bad data results in an {@link IIOException}. If only metadata is bad, such as a profile that
 * cannot be applied, the image is read and the warning listeners are notified.
 */
public final class KmqImageReader extends ImageReader {
  private @Nullable OpenedFile opened;
  private boolean reading;

  KmqImageReader(ImageReaderSpi provider) {
    super(provider);
    availableLocales = Messages.locales();
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

  private OpenedFile open(int imageIndex) throws IOException {
    ImageInputStream stream = stream();
    if (imageIndex != 0) {
      throw new IndexOutOfBoundsException("a kmq file has only image 0, not image " + imageIndex);
    }
    OpenedFile known = opened;
    if (known != null) {
      return known;
    }
    return contained(
        () -> {
          OpenedFile now =
              OpenedFile.open(stream, () -> reading && abortRequested(), isIgnoringMetadata());
          opened = now;
          return now;
        });
  }

  private interface Reading<T> {
    T run() throws IOException;
  }

  /** The result of reading; exceptions are translated to the documented ones. */
  private static <T> T contained(Reading<T> reading) throws IIOException {
    try {
      return reading.run();
    } catch (IIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IIOException(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new IIOException("there is not enough memory to read the image", e);
    } catch (VirtualMachineError e) {
      throw new IIOException("the image cannot be read: " + e, e);
    }
  }

  /**
   * Always 1.
   *
   * @throws IllegalStateException if no input has been set, or {@code allowSearch} is true and the
   *     input was set with {@code seekForwardOnly}
   */
  @Override
  public int getNumImages(boolean allowSearch) {
    stream();
    if (allowSearch && isSeekForwardOnly()) {
      throw new IllegalStateException(
          "allowSearch is true, but the input was set with seekForwardOnly");
    }
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

  @Override
  public int getTileGridXOffset(int imageIndex) throws IOException {
    open(imageIndex);
    return 0;
  }

  @Override
  public int getTileGridYOffset(int imageIndex) throws IOException {
    open(imageIndex);
    return 0;
  }

  /** Regions are decoded separately if there are several tiles. */
  @Override
  public boolean isRandomAccessEasy(int imageIndex) throws IOException {
    return isImageTiled(imageIndex);
  }

  /** Always 0. */
  @Override
  public int getNumThumbnails(int imageIndex) throws IOException {
    open(imageIndex);
    return 0;
  }

  /** The indexed type: the palette in sRGB, with indices of 1, 2, 4, 8 or 16 bits. */
  @Override
  public ImageTypeSpecifier getRawImageType(int imageIndex) throws IOException {
    return ImageTypes.indexed(open(imageIndex).types());
  }

  /**
   * The types that the image can be read into: first {@code TYPE_3BYTE_BGR}, or {@code
   * TYPE_4BYTE_ABGR} if an entry of the palette is not opaque; second the type of {@link
   * #getRawImageType}.
   */
  @Override
  public Iterator<ImageTypeSpecifier> getImageTypes(int imageIndex) throws IOException {
    return open(imageIndex).types().iterator();
  }

  @Override
  public ImageReadParam getDefaultReadParam() {
    return new KmqImageReadParam();
  }

  /** Always null: there is no stream metadata. */
  @Override
  public @Nullable IIOMetadata getStreamMetadata() {
    stream();
    return null;
  }

  /**
   * A new metadata object, which the caller may change. If metadata is ignored, it has only the
   * header and the palette, in sRGB.
   */
  @Override
  public IIOMetadata getImageMetadata(int imageIndex) throws IOException {
    OpenedFile file = open(imageIndex);
    return contained(() -> file.metadata(isIgnoringMetadata()));
  }

  @Override
  public BufferedImage read(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    OpenedFile file = open(imageIndex);
    ImageReadParam settings = param == null ? getDefaultReadParam() : param;
    return contained(() -> read(file, settings, true));
  }

  private BufferedImage read(OpenedFile opened, ImageReadParam settings, boolean updates)
      throws IOException {
    OpenedFile file =
        opened.by(settings instanceof KmqImageReadParam own ? own.getPaletteName() : null);
    int width = file.header().width();
    int height = file.header().height();
    Rectangle source = getSourceRegion(settings, width, height);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("the source region holds no pixel of the image");
    }
    ReadLimits.check(file.reader(), settings, file.types(), source);
    file.requireTiles(source);
    BufferedImage image = destination(settings, file);
    checkBands(settings, image, file.palette());
    Rectangle target = new Rectangle();
    computeRegions(settings, width, height, image, source, target);
    ReadPass pass = new ReadPass(this, image, source.height, target, settings, updates);
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
    processImageStarted(0);
    if (read(file, region, pass)) {
      processImageComplete();
    } else {
      processReadAborted();
    }
    return image;
  }

  /** Whether the region has been read to its end. */
  private boolean read(OpenedFile file, RegionReading region, ReadPass pass) throws IOException {
    reading = true;
    try {
      for (String warning : file.warnings()) {
        if (!abortRequested()) {
          Listeners.warn(
              warningListeners,
              warningLocales,
              warning,
              (listener, text) -> listener.warningOccurred(this, text));
        }
      }
      if (pass.start()) {
        region.read(pass::done);
      }
      return pass.complete();
    } catch (AbortedException e) {
      return false;
    } finally {
      reading = false;
    }
  }

  /**
   * The destination image. ImageIO's own {@code getDestination} refuses images of more than 2^31-1
   * pixels, however small the region.
   */
  private static BufferedImage destination(ImageReadParam settings, OpenedFile file)
      throws IIOException {
    BufferedImage given = settings.getDestination();
    if (given != null) {
      ImageTypes.require(given, file.palette());
      return given;
    }
    int width = file.header().width();
    int height = file.header().height();
    Rectangle target = new Rectangle();
    computeRegions(settings, width, height, null, new Rectangle(), target);
    return ImageTypes.chosen(settings, file.types())
        .createBufferedImage(target.x + target.width, target.y + target.height);
  }

  /** An indexed image has one band; others have red, green, blue and, if present, alpha. */
  private static void checkBands(ImageReadParam settings, BufferedImage image, Palette palette) {
    int bands = image.getSampleModel().getNumBands();
    boolean choice = settings.getSourceBands() != null && bands > 1;
    int sources = choice && palette.hasAlpha() ? 4 : bands;
    checkReadParamBandSettings(settings, sources, bands);
  }

  @Override
  public BufferedImage readTile(int imageIndex, int tileX, int tileY) throws IOException {
    return read(imageIndex, tile(imageIndex, tileX, tileY));
  }

  private ImageReadParam tile(int imageIndex, int tileX, int tileY) throws IOException {
    Tiling tiling = open(imageIndex).header().tiling();
    if (tileX < 0 || tileY < 0 || tileX >= tiling.columns() || tileY >= tiling.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there are %dx%d tiles, none at (%d, %d)",
              tiling.columns(),
              tiling.rows(),
              tileX,
              tileY));
    }
    int tile = tileY * tiling.columns() + tileX;
    ImageReadParam param = getDefaultReadParam();
    param.setSourceRegion(
        new Rectangle(tiling.x(tile), tiling.y(tile), tiling.width(tile), tiling.height(tile)));
    return param;
  }

  /** Rasters hold the indices. */
  @Override
  public boolean canReadRaster() {
    return true;
  }

  /**
   * The indices of the image or of a region, in one band, with the layout of {@link
   * #getRawImageType}.
   *
   * @param param destination, destination type and destination bands are ignored; the destination
   *     offset is the raster's corner
   */
  @Override
  public Raster readRaster(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    OpenedFile file = open(imageIndex);
    ImageReadParam given = param == null ? getDefaultReadParam() : param;
    KmqImageReadParam settings = new KmqImageReadParam(given);
    settings.setPaletteName(null); // indices are the same for all palettes
    settings.setDestinationType(ImageTypes.indexed(file.types()));
    Point offset = given.getDestinationOffset();
    Raster raster = contained(() -> read(file, settings, false)).getRaster();
    return raster.createTranslatedChild(offset.x, offset.y);
  }

  /** The indices of a tile, in a raster that begins at (0, 0). */
  @Override
  public Raster readTileRaster(int imageIndex, int tileX, int tileY) throws IOException {
    return readRaster(imageIndex, tile(imageIndex, tileX, tileY));
  }

  @Override
  protected boolean abortRequested() {
    return super.abortRequested();
  }

  @Override
  protected void processSequenceStarted(int minIndex) {
    Listeners.tell(progressListeners, listener -> listener.sequenceStarted(this, minIndex));
  }

  @Override
  protected void processSequenceComplete() {
    Listeners.tell(progressListeners, listener -> listener.sequenceComplete(this));
  }

  @Override
  protected void processImageStarted(int imageIndex) {
    Listeners.tell(progressListeners, listener -> listener.imageStarted(this, imageIndex));
  }

  @Override
  protected void processImageProgress(float percentageDone) {
    Listeners.tell(progressListeners, listener -> listener.imageProgress(this, percentageDone));
  }

  @Override
  protected void processImageComplete() {
    Listeners.tell(progressListeners, listener -> listener.imageComplete(this));
  }

  @Override
  protected void processReadAborted() {
    Listeners.tell(progressListeners, listener -> listener.readAborted(this));
  }

  @Override
  protected void processPassStarted(
      BufferedImage image,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {
    Listeners.tell(
        updateListeners,
        listener ->
            listener.passStarted(
                this, image, pass, minPass, maxPass, minX, minY, periodX, periodY, bands));
  }

  @Override
  protected void processImageUpdate(
      BufferedImage image,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {
    Listeners.tell(
        updateListeners,
        listener ->
            listener.imageUpdate(this, image, minX, minY, width, height, periodX, periodY, bands));
  }

  @Override
  protected void processPassComplete(BufferedImage image) {
    Listeners.tell(updateListeners, listener -> listener.passComplete(this, image));
  }
}
