package dev.kmq.cli.view;

import dev.kmq.image.PixelSource;
import java.io.IOException;
import java.io.OutputStream;

/** A way of showing pixels in a terminal. */
public enum TerminalImage {
  /** The graphics protocol of kitty: a PNG. */
  KITTY(8, 16) {
    @Override
    void writePixels(PixelSource pixels, OutputStream out) throws IOException {
      Kitty.write(pixels, out);
    }
  },
  /** DEC sixel graphics: up to 256 colours. */
  SIXEL(8, 16) {
    @Override
    void writePixels(PixelSource pixels, OutputStream out) throws IOException {
      Sixel.write(pixels, out);
    }
  },
  /** Half blocks in 24-bit colours: two pixels per character. */
  BLOCKS(1, 2) {
    @Override
    void writePixels(PixelSource pixels, OutputStream out) throws IOException {
      Blocks.write(pixels, Blocks.DIRECT, out);
    }
  },
  /** Half blocks, dithered in the 256 colours of xterm. */
  BLOCKS256(1, 2) {
    @Override
    void writePixels(PixelSource pixels, OutputStream out) throws IOException {
      Blocks.write(Xterm256.dithered(pixels), Blocks.XTERM, out);
    }
  },
  /** Characters of different density, without colours or escape codes. */
  ASCII(1, 2) {
    @Override
    void writePixels(PixelSource pixels, OutputStream out) throws IOException {
      Ascii.write(pixels, out);
    }
  };

  /** Pixels per character, across and down; those of graphics are what small fonts have. */
  private final int across;

  private final int down;

  TerminalImage(int across, int down) {
    this.across = across;
    this.down = down;
  }

  /** The largest width of an image in pixels, for a width in characters. */
  public int maxWidth(int columns) {
    return Math.multiplyExact(columns, across);
  }

  /** The largest height of an image in pixels, for a number of lines. */
  public int maxHeight(int lines) {
    return Math.multiplyExact(lines, down);
  }

  /** Writes an image, transparent pixels on a checkerboard, and ends the line. */
  public void write(PixelSource pixels, OutputStream out) throws IOException {
    writePixels(new Checkerboard(pixels, 4 * Math.max(1, across / 2)), out);
  }

  abstract void writePixels(PixelSource pixels, OutputStream out) throws IOException;
}
