package dev.kmq.imageio;

import dev.kmq.container.Tiling;
import dev.kmq.image.Palette;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.IntStream;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .kmq} files. Sizes, types and metadata come from what stands before the tiles; a
 * source region decodes only the tiles that it touches, on several threads if these are several.
 * What is taken on is limited by {@link KmqImageReadParam}; threads by the system property {@code
 * dev.kmq.threads}.
 *
 * <p>Bad data ends in an {@link IIOException}. Where only something beside the pixels is bad, such
 * as a profile that cannot be applied, the picture is read and the warning listeners are told.
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
      throw new IndexOutOfBoundsException("a kmq file has image 0 alone, not " + imageIndex);
    }
    OpenedFile known = opened;
    if (known != null) {
      return known;
    }
    try {
      OpenedFile now =
          OpenedFile.open(stream, () -> reading && abortRequested(), isIgnoringMetadata());
      opened = now;
      return now;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static IIOException refused(IOException e) {
    return e instanceof IIOException already ? already : new IIOException(e.getMessage(), e);
  }

  /**
   * Always 1.
   *
   * @throws IllegalStateException if no input has been set, or {@code allowSearch} asks for what an
   *     input that goes forward only forbids
   */
  @Override
  public int getNumImages(boolean allowSearch) {
    stream();
    if (allowSearch && isSeekForwardOnly()) {
      throw new IllegalStateException("allowSearch is true and the input goes forward only");
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

  /** Regions are decoded alone where there are several tiles. */
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

  /** There is no metadata of a stream apart from that of its picture: null. */
  @Override
  public @Nullable IIOMetadata getStreamMetadata() {
    stream();
    return null;
  }

  /**
   * Metadata made anew, free to be changed. Header and palette alone, this in sRGB, if metadata is
   * ignored.
   */
  @Override
  public IIOMetadata getImageMetadata(int imageIndex) throws IOException {
    return open(imageIndex).metadata(isIgnoringMetadata());
  }

  @Override
  public BufferedImage read(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    OpenedFile file = open(imageIndex);
    ImageReadParam settings = param == null ? getDefaultReadParam() : param;
    try {
      return read(file, settings, true);
    } catch (OutOfMemoryError e) {
      throw new IIOException("there is not enough memory to read the picture", e);
    }
  }

  private BufferedImage read(OpenedFile file, ImageReadParam settings, boolean updates)
      throws IOException {
    int width = file.header().width();
    int height = file.header().height();
    Rectangle source = getSourceRegion(settings, width, height);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("the source region holds no pixel of the picture");
    }
    ReadLimits.check(file.header(), settings, file.types(), source);
    file.requireTiles(source);
    BufferedImage image = destination(settings, file);
    checkBands(settings, image, file.palette());
    Rectangle target = new Rectangle();
    computeRegions(settings, width, height, image, source, target);
    Pass pass = new Pass(image, source.height, target, settings, updates);
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
  private boolean read(OpenedFile file, RegionReading region, Pass pass) throws IOException {
    reading = true;
    try {
      for (String warning : file.warnings()) {
        if (!abortRequested()) {
          warn(warning);
        }
      }
      if (pass.start()) {
        region.read(pass::done);
      }
      return pass.complete();
    } catch (AbortedException e) {
      return false;
    } catch (IOException e) {
      throw refused(e);
    } finally {
      reading = false;
    }
  }

  /** Tells every listener in its own language. */
  private void warn(String key) {
    if (warningListeners != null) {
      for (int i = 0; i < warningListeners.size(); i++) {
        warningListeners.get(i).warningOccurred(this, Messages.get(key, warningLocales.get(i)));
      }
    }
  }

  /** What listeners hear of the only pass over a picture; each answer is whether to go on. */
  private final class Pass {
    private final BufferedImage image;
    private final int sourceRows;
    private final Rectangle target;
    private final int stepY;
    private final boolean updates;
    private final int[] bands;
    private int rowsTold;

    Pass(
        BufferedImage image,
        int sourceRows,
        Rectangle target,
        ImageReadParam settings,
        boolean updates) {
      this.image = image;
      this.sourceRows = sourceRows;
      this.target = target;
      this.stepY = settings.getSourceYSubsampling();
      this.updates = updates;
      int[] chosen = settings.getDestinationBands();
      int all = image.getSampleModel().getNumBands();
      this.bands = chosen == null ? IntStream.range(0, all).toArray() : chosen;
    }

    boolean start() {
      if (!abortRequested()) {
        processImageProgress(0);
      }
      if (!abortRequested() && updates) {
        processPassStarted(image, 0, 0, 0, target.x, target.y, 1, 1, bands);
      }
      return !abortRequested();
    }

    /** So many rows of the source region have been read. */
    boolean done(int rows) {
      int end = (int) ((rows + stepY - 1L) / stepY);
      if (updates && end > rowsTold) {
        int y = target.y + rowsTold;
        processImageUpdate(image, target.x, y, target.width, end - rowsTold, 1, 1, bands);
      }
      rowsTold = end;
      if (!abortRequested()) {
        processImageProgress(100f * rows / sourceRows);
      }
      return !abortRequested();
    }

    boolean complete() {
      if (!abortRequested() && updates) {
        processPassComplete(image);
      }
      return !abortRequested();
    }
  }

  /**
   * The image that is read into. ImageIO's own {@code getDestination} refuses pictures of more than
   * 2^31-1 pixels however small the region is.
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

  /** An indexed image has one band, others have red, green, blue and, as far as there is, alpha. */
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
          "there are %dx%d tiles, none at (%d, %d)"
              .formatted(tiling.columns(), tiling.rows(), tileX, tileY));
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
   * The indices of the picture or of a region, in one band as {@link #getRawImageType} has it.
   *
   * @param param its destination, destination type and destination bands are ignored; its
   *     destination offset is where the raster begins
   */
  @Override
  public Raster readRaster(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    OpenedFile file = open(imageIndex);
    ImageReadParam given = param == null ? getDefaultReadParam() : param;
    KmqImageReadParam settings = new KmqImageReadParam(given);
    settings.setDestinationType(ImageTypes.indexed(file.palette()));
    Point offset = given.getDestinationOffset();
    try {
      Raster raster = read(file, settings, false).getRaster();
      return raster.createTranslatedChild(offset.x, offset.y);
    } catch (OutOfMemoryError e) {
      throw new IIOException("there is not enough memory to read the picture", e);
    }
  }

  /** The indices of a tile, in a raster that begins at (0, 0). */
  @Override
  public Raster readTileRaster(int imageIndex, int tileX, int tileY) throws IOException {
    return readRaster(imageIndex, tile(imageIndex, tileX, tileY));
  }
}
