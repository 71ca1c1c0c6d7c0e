package dev.kmq.imageio;

import dev.kmq.EncodeOptions;
import dev.kmq.KmqEncoder;
import dev.kmq.image.IndexSource;
import dev.kmq.image.Palette;
import java.awt.image.IndexColorModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes images and rasters of every kind as {@code .kmq} files. An indexed image is written as it
 * is, palette and indices, unless fewer colours are asked for; all others are quantised, those with
 * few enough colours without any loss. The output is written forward only.
 */
public final class KmqImageWriter extends ImageWriter {
  private static final int BUFFER = 1 << 16;

  KmqImageWriter(ImageWriterSpi provider) {
    super(provider);
  }

  @Override
  public ImageWriteParam getDefaultWriteParam() {
    return new KmqImageWriteParam(getLocale());
  }

  @Override
  public @Nullable IIOMetadata getDefaultStreamMetadata(@Nullable ImageWriteParam param) {
    return null;
  }

  @Override
  public @Nullable IIOMetadata getDefaultImageMetadata(
      ImageTypeSpecifier imageType, @Nullable ImageWriteParam param) {
    return null;
  }

  @Override
  public @Nullable IIOMetadata convertStreamMetadata(
      IIOMetadata inData, @Nullable ImageWriteParam param) {
    return null;
  }

  @Override
  public @Nullable IIOMetadata convertImageMetadata(
      IIOMetadata inData, ImageTypeSpecifier imageType, @Nullable ImageWriteParam param) {
    return null;
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
    clearAbortRequest();
    processImageStarted(0);
    long start = stream.getStreamPosition();
    if (write(view, options, stream)) {
      processImageComplete();
      return;
    }
    if (start >= stream.getFlushedPosition()) {
      stream.seek(start);
    }
    processWriteAborted();
  }

  /** Whether the file has been written to its end. */
  private boolean write(SourceView view, KmqImageWriteParam options, ImageOutputStream stream)
      throws IOException {
    Progress progress = new Progress(view.height());
    try {
      progress.tell(0);
      KmqEncoder encoder = new KmqEncoder(encodeOptions(options, view));
      IndexSource source = indexed(view, options, encoder, progress);
      OutputStream out =
          new BufferedOutputStream(new StreamOutput(stream, this::abortRequested), BUFFER);
      encoder.write(source, out, progress::written);
      out.flush();
      return !abortRequested();
    } catch (AbortedException e) {
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static IndexSource indexed(
      SourceView view, KmqImageWriteParam options, KmqEncoder encoder, Progress progress) {
    if (view.colorModel() instanceof IndexColorModel model
        && model.getMapSize() <= Math.min(options.colorsOfIndexed(), Palette.MAX_SIZE)) {
      return new IndexRows(view, model);
    }
    return encoder.quantize(new ColorRows(view, progress::read));
  }

  private static EncodeOptions encodeOptions(KmqImageWriteParam options, SourceView view) {
    EncodeOptions.Builder builder =
        EncodeOptions.builder()
            .colors(options.getColors())
            .method(options.method())
            .threads(options.getThreads());
    options.tiling(builder, view.width(), view.height());
    return builder.build();
  }

  /**
   * Tells listeners how far writing is, and ends it when they ask to. The rows of the picture are
   * read several times over before the first one is written, so each pass counts for half of what
   * is left.
   */
  private final class Progress {
    private final int rows;
    private float done;
    private float left = 100;
    private int last = -1;

    Progress(int rows) {
      this.rows = rows;
    }

    void read(int row) {
      if (row <= last) {
        pass();
      }
      last = row;
      tell(done + left / 2 * (row + 1) / rows);
    }

    private void pass() {
      done += left / 2;
      left /= 2;
    }

    void written(int rowsWritten) {
      if (last >= 0) {
        pass();
        last = -1;
      }
      tell(done + left * rowsWritten / rows);
    }

    void tell(float percent) {
      processImageProgress(percent);
      if (abortRequested()) {
        throw new AbortedException();
      }
    }
  }
}
