package dev.kmq.web.png;

import dev.kmq.png.PngSource;
import dev.kmq.web.EngineException;
import dev.kmq.web.EngineException.Kind;

/** The bytes of a PNG file, with failures as the page shows them. */
final class PngBytes implements PngSource {
  private final byte[] bytes;
  private final long mostPixels;

  PngBytes(byte[] bytes, long mostPixels) {
    this.bytes = bytes;
    this.mostPixels = mostPixels;
  }

  @Override
  public int read(long position, byte[] target, int offset, int count) {
    return PngSource.read(bytes, position, target, offset, count);
  }

  @Override
  public void checkSize(int width, int height) throws EngineException {
    PngImage.checkSize(width, height, mostPixels);
  }

  @Override
  public EngineException damaged(String what) {
    return EngineException.damagedPng(what);
  }

  @Override
  public EngineException unknownChunk(String type) {
    return new EngineException(
        Kind.UNSUPPORTED, "A PNG file with the critical chunk " + type + " is not supported.");
  }
}
