package dev.kmq.imageio;

import javax.imageio.ImageWriter;
import javax.imageio.event.IIOWriteProgressListener;

/** Records all events of writing by name. */
abstract class WriteEvents implements IIOWriteProgressListener {
  abstract void see(ImageWriter source, String event);

  @Override
  public void imageStarted(ImageWriter source, int imageIndex) {
    see(source, "imageStarted");
  }

  @Override
  public void imageProgress(ImageWriter source, float percentageDone) {
    see(source, "imageProgress " + percentageDone);
  }

  @Override
  public void imageComplete(ImageWriter source) {
    see(source, "imageComplete");
  }

  @Override
  public void thumbnailStarted(ImageWriter source, int imageIndex, int thumbnailIndex) {
    see(source, "thumbnailStarted");
  }

  @Override
  public void thumbnailProgress(ImageWriter source, float percentageDone) {
    see(source, "thumbnailProgress");
  }

  @Override
  public void thumbnailComplete(ImageWriter source) {
    see(source, "thumbnailComplete");
  }

  @Override
  public void writeAborted(ImageWriter source) {
    see(source, "writeAborted");
  }
}
