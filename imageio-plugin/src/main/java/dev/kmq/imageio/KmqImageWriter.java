package dev.kmq.imageio;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.OptionException;
import dev.kmq.UnreachableTargetException;
import dev.kmq.concurrent.Work;
import dev.kmq.container.Chunk;
import dev.kmq.container.Method;
import dev.kmq.image.AlphaLoss;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import dev.kmq.image.PixelSource;
import dev.kmq.image.Reindexing;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes images and rasters of every kind as {@code .kmq} files. The palette and indices of an
 * indexed image are written unchanged unless fewer colours are requested. Other images reuse the
 * palette of native metadata, read from a {@code .kmq} file, if it contains all their colours and
 * no fewer are requested. All others are quantised, without loss if they have at most K colours.
 * The output is written forward only.
 *
 * <p>If the metadata has an ICC profile, the palette is converted to its colour space so that the
 * image looks the same; an image whose colour model has the same profile is quantised in it.
 *
 * <p>{@link #write} throws an {@link IllegalArgumentException}, before anything is written, if
 * settings of the param contradict each other; {@link KmqImageWriteParam} names them. A target that
 * the image cannot meet is an {@link IIOException}.
 *
 * <p>{@link #abort} and an interrupt of the writing thread end writing promptly, even while the
 * palette is being computed. An interrupt ends it with an {@link InterruptedIOException}, and the
 * interrupt status stays set. In both cases the output returns to its earlier position unless it
 * has been flushed.
 */
public final class KmqImageWriter extends ImageWriter {
  private static final int BUFFER = 1 << 16;

  /** Fraction of the time spent before the indices are known. */
  private static final double INDEXED = 0.5;

  /** Fraction of that time for the comparison with the palette of the metadata. */
  private static final double COMPARED = 0.1;

  private volatile @Nullable Work work;

  KmqImageWriter(ImageWriterSpi provider) {
    super(provider);
    availableLocales = Messages.locales();
  }

  @Override
  public ImageWriteParam getDefaultWriteParam() {
    return new KmqImageWriteParam(getLocale());
  }

  /** Always null: there is no stream metadata. */
  @Override
  public @Nullable IIOMetadata getDefaultStreamMetadata(@Nullable ImageWriteParam param) {
    return null;
  }

  /** Mutable metadata that describes only the type and the param. */
  @Override
  public IIOMetadata getDefaultImageMetadata(
      @Nullable ImageTypeSpecifier imageType, @Nullable ImageWriteParam param) {
    return new KmqImageMetadata(
        MetadataConversion.fitted(PictureFacts.NONE, imageType, method(param, PictureFacts.NONE)));
  }

  @Override
  public @Nullable IIOMetadata convertStreamMetadata(
      @Nullable IIOMetadata inData, @Nullable ImageWriteParam param) {
    if (inData == null) {
      throw new IllegalArgumentException("inData is null");
    }
    return null;
  }

  /**
   * Converts metadata of this format or of any other that has the standard form. Resolution,
   * orientation, texts and times are kept; from this format also Exif, the profile, and unknown
   * chunks that are safe to copy.
   *
   * @return null if it has neither form
   */
  @Override
  public @Nullable IIOMetadata convertImageMetadata(
      @Nullable IIOMetadata inData,
      @Nullable ImageTypeSpecifier imageType,
      @Nullable ImageWriteParam param) {
    if (inData == null || imageType == null) {
      throw new IllegalArgumentException((inData == null ? "inData" : "imageType") + " is null");
    }
    PictureFacts facts = MetadataConversion.facts(inData, refused -> {});
    return facts == null
        ? null
        : new KmqImageMetadata(MetadataConversion.fitted(facts, imageType, method(param, facts)));
  }

  private static @Nullable Method method(@Nullable ImageWriteParam param, PictureFacts facts) {
    KmqImageWriteParam own =
        param instanceof KmqImageWriteParam given ? given : new KmqImageWriteParam();
    return own.method(facts.method());
  }

  /** Rasters are grey, grey and alpha, RGB or RGBA by their number of bands. */
  @Override
  public boolean canWriteRasters() {
    return true;
  }

  @Override
  public void write(
      @Nullable IIOMetadata streamMetadata,
      @Nullable IIOImage image,
      @Nullable ImageWriteParam param)
      throws IOException {
    if (image == null) {
      throw new IllegalArgumentException("image is null");
    }
    if (!(getOutput() instanceof ImageOutputStream stream)) {
      throw new IllegalStateException("no output has been set");
    }
    KmqImageWriteParam options =
        param instanceof KmqImageWriteParam own ? own : new KmqImageWriteParam(getLocale());
    SourceView view = new SourceView(image, param == null ? options : param);
    encodeOptions(options, view, PictureFacts.NONE);
    clearAbortRequest();
    Work whole =
        Work.onThreads(options.getThreads())
            .withProgress(done -> processImageProgress((float) (100 * done)));
    work = whole;
    if (abortRequested()) {
      whole.cancel(); // abort() came before there was work to cancel
    }
    processImageStarted(0);
    long start = stream.getStreamPosition();
    boolean written = false;
    try {
      write(image, view, options, stream, whole);
      written = !abortRequested();
    } catch (CancellationException e) {
      if (!abortRequested()) {
        goBack(stream, start);
        throw interrupted(e);
      }
    } finally {
      work = null;
    }
    if (written) {
      processImageComplete();
    } else {
      goBack(stream, start);
      processWriteAborted();
    }
  }

  private static void goBack(ImageOutputStream stream, long start) throws IOException {
    if (start >= stream.getFlushedPosition()) {
      stream.seek(start);
    }
  }

  private static InterruptedIOException interrupted(CancellationException cause) {
    InterruptedIOException interrupted =
        new InterruptedIOException("interrupted while the image was written");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public synchronized void abort() {
    super.abort();
    Work current = work;
    if (current != null) {
      current.cancel();
    }
  }

  private void write(
      IIOImage image,
      SourceView view,
      KmqImageWriteParam options,
      ImageOutputStream stream,
      Work work)
      throws IOException {
    try {
      work.report(0);
      PictureFacts facts = facts(image, work);
      WrittenPicture picture = picture(view, facts, options, work);
      KmqEncoder encoder =
          new KmqEncoder(encodeOptions(options, view, facts.withChunks(picture.chunks())));
      OutputStream out = new BufferedOutputStream(new StreamOutput(stream, work), BUFFER);
      encoder.write(picture, out, work.part(INDEXED, 1));
      out.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (UnreachableTargetException e) {
      throw new IIOException(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new IIOException("there is not enough memory to write the image", e);
    } catch (VirtualMachineError e) {
      throw new IIOException("the image cannot be written: " + e, e);
    }
  }

  private PictureFacts facts(IIOImage image, Work work) {
    if (image.getNumThumbnails() > 0) {
      warn(Messages.THUMBNAILS_NOT_WRITTEN, work);
    }
    IIOMetadata metadata = image.getMetadata();
    if (metadata == null) {
      return PictureFacts.NONE;
    }
    List<IIOInvalidTreeException> refused = new ArrayList<>();
    PictureFacts facts = MetadataConversion.facts(metadata, refused::add);
    if (facts == null) {
      warn(Messages.METADATA_NOT_WRITTEN, work);
      return PictureFacts.NONE;
    }
    if (!refused.isEmpty()) {
      warn(Messages.METADATA_PARTLY_WRITTEN, work);
    }
    return facts;
  }

  /** Warns every listener in its own language. */
  private void warn(String key, Work work) {
    Listeners.warn(
        warningListeners,
        warningLocales,
        key,
        (listener, text) -> listener.warningOccurred(this, 0, text));
    work.check();
  }

  private WrittenPicture picture(
      SourceView view, PictureFacts facts, KmqImageWriteParam options, Work work) {
    Chunk profile = facts.chunk(Chunk.ICCP);
    boolean asIs =
        profile != null
            && view.colorModel() instanceof ComponentColorModel model
            && IccProfile.describes(profile, model.getColorSpace());
    IndexSource source = indexed(view, facts, options, asIs, work.part(0, INDEXED));
    boolean sameIndices =
        source instanceof IndexRows || source instanceof PaletteRows rows && rows.isUnambiguous();
    List<Chunk> chunks = chunks(facts, sameIndices ? source.palette().size() : 0, work);
    Palette palette =
        profile == null || asIs
            ? source.palette()
            : WrittenPicture.inProfile(source.palette(), facts, profile);
    if (palette == null) {
      warn(Messages.PROFILE_NOT_WRITTEN, work);
      chunks.remove(profile);
      palette = source.palette();
    }
    WrittenPicture picture = new WrittenPicture(source, palette, chunks);
    Integer index = options.getTransparentIndex();
    return index == null ? picture : withTransparentAt(picture, index);
  }

  /** The metadata, with alternative palettes only if they have as many colours. */
  private List<Chunk> chunks(PictureFacts facts, int colors, Work work) {
    List<Chunk> chunks = new ArrayList<>(facts.chunks());
    if (chunks.removeIf(c -> c.type().equals(Chunk.PALETTE) && c.palette().size() != colors)) {
      warn(Messages.PALETTES_NOT_WRITTEN, work);
    }
    return chunks;
  }

  private static WrittenPicture withTransparentAt(WrittenPicture picture, int index) {
    Reindexing change;
    try {
      change = Reindexing.transparentSwapped(picture.palette(), index);
    } catch (IllegalArgumentException e) {
      throw new UnreachableTargetException("transparentIndex", String.valueOf(e.getMessage()));
    }
    return new WrittenPicture(
        change.apply((IndexSource) picture),
        change.apply(picture.palette()),
        Chunk.mapPalettes(picture.chunks(), change::apply));
  }

  private IndexSource indexed(
      SourceView view, PictureFacts facts, KmqImageWriteParam options, boolean asIs, Work work) {
    List<Chunk> others = new ArrayList<>(facts.chunks());
    others.removeIf(
        c -> c.type().equals(Chunk.PALETTE)); // they belong to the image's original indices
    EncodeOptions encoding = encodeOptions(options, view, facts.withChunks(others));
    if (view.colorModel() instanceof IndexColorModel model
        && !encoding.requantizesIndexed()
        && model.getMapSize() <= Math.min(options.colorsOfIndexed(), Palette.MAX_SIZE)) {
      return new IndexRows(view, model);
    }
    PixelSource colors = new ColorRows(view, colors(view, asIs));
    Palette known = asIs ? facts.palette() : WrittenPicture.shown(facts);
    if (known != null
        && !encoding.requantizesIndexed()
        && known.size() <= options.colorsOfIndexed()) {
      IndexSource same = PaletteRows.of(colors, known, work.part(0, COMPARED));
      if (same != null) {
        return same;
      }
    }
    IndexSource image = new KmqEncoder(encoding).quantize(colors, work);
    if (options.prescribesEntries()) {
      warnOfLoss(colors, image.palette(), work);
    }
    return image;
  }

  private static PixelColors colors(SourceView view, boolean asIs) {
    return asIs ? PixelColors.stored(view) : PixelColors.srgb(view);
  }

  private void warnOfLoss(PixelSource colors, Palette palette, Work work) {
    AlphaLoss loss = AlphaLoss.of(colors, palette);
    if (loss.transparent() > 0) {
      warn(Messages.NO_TRANSPARENT_ENTRY, work);
    }
    if (loss.opaque() > 0) {
      warn(Messages.NO_OPAQUE_ENTRY, work);
    }
  }

  private static EncodeOptions encodeOptions(
      KmqImageWriteParam options, SourceView view, PictureFacts facts) {
    EncodeOptions.Builder builder =
        EncodeOptions.builder().threads(options.getThreads()).chunks(facts.chunks());
    try {
      options.quantizing(builder);
      options.methods(builder, facts.method());
      options.tiling(builder, view.width(), view.height(), facts.tiling());
      return builder.build();
    } catch (OptionException e) {
      throw new IllegalArgumentException(
          e.message(KmqImageWriteParam::property, KmqImageWriteParam::type), e);
    }
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
  protected void processWriteAborted() {
    Listeners.tell(progressListeners, listener -> listener.writeAborted(this));
  }
}
