package dev.kmq.imageio;

import java.awt.image.BufferedImage;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadUpdateListener;

/** Records all events of reading by name. */
abstract class ReadEvents implements IIOReadProgressListener, IIOReadUpdateListener {
  abstract void see(ImageReader source, String event);

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {
    see(source, "sequenceStarted");
  }

  @Override
  public void sequenceComplete(ImageReader source) {
    see(source, "sequenceComplete");
  }

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {
    see(source, "imageStarted");
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    see(source, "imageProgress " + percentageDone);
  }

  @Override
  public void imageComplete(ImageReader source) {
    see(source, "imageComplete");
  }

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {
    see(source, "thumbnailStarted");
  }

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {
    see(source, "thumbnailProgress");
  }

  @Override
  public void thumbnailComplete(ImageReader source) {
    see(source, "thumbnailComplete");
  }

  @Override
  public void readAborted(ImageReader source) {
    see(source, "readAborted");
  }

  @Override
  public void passStarted(
      ImageReader source,
      BufferedImage image,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {
    see(source, "passStarted " + minX + " " + minY + " " + bands.length);
  }

  @Override
  public void imageUpdate(
      ImageReader source,
      BufferedImage image,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {
    see(source, "imageUpdate " + minX + " " + minY + " " + width + " " + height);
  }

  @Override
  public void passComplete(ImageReader source, BufferedImage image) {
    see(source, "passComplete");
  }

  @Override
  public void thumbnailPassStarted(
      ImageReader source,
      BufferedImage thumbnail,
      int pass,
      int minPass,
      int maxPass,
      int minX,
      int minY,
      int periodX,
      int periodY,
      int[] bands) {
    see(source, "thumbnailPassStarted");
  }

  @Override
  public void thumbnailUpdate(
      ImageReader source,
      BufferedImage thumbnail,
      int minX,
      int minY,
      int width,
      int height,
      int periodX,
      int periodY,
      int[] bands) {
    see(source, "thumbnailUpdate");
  }

  @Override
  public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {
    see(source, "thumbnailPassComplete");
  }
}
