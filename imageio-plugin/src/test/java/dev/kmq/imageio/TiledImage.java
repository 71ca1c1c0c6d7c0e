package dev.kmq.imageio;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Vector;

/** A tiled image with its corner anywhere, as produced by image operators. */
final class TiledImage implements RenderedImage {
  private final BufferedImage image;
  private final int x;
  private final int y;
  private final int tile;

  TiledImage(BufferedImage image, int x, int y, int tile) {
    this.image = image;
    this.x = x;
    this.y = y;
    this.tile = tile;
  }

  @Override
  public Vector<RenderedImage> getSources() {
    return new Vector<>();
  }

  @Override
  public Object getProperty(String name) {
    return java.awt.Image.UndefinedProperty;
  }

  @Override
  public String[] getPropertyNames() {
    return new String[0];
  }

  @Override
  public ColorModel getColorModel() {
    return image.getColorModel();
  }

  @Override
  public SampleModel getSampleModel() {
    return image.getSampleModel().createCompatibleSampleModel(tile, tile);
  }

  @Override
  public int getWidth() {
    return image.getWidth();
  }

  @Override
  public int getHeight() {
    return image.getHeight();
  }

  @Override
  public int getMinX() {
    return x;
  }

  @Override
  public int getMinY() {
    return y;
  }

  @Override
  public int getNumXTiles() {
    return (getWidth() + tile - 1) / tile;
  }

  @Override
  public int getNumYTiles() {
    return (getHeight() + tile - 1) / tile;
  }

  @Override
  public int getMinTileX() {
    return 0;
  }

  @Override
  public int getMinTileY() {
    return 0;
  }

  @Override
  public int getTileWidth() {
    return tile;
  }

  @Override
  public int getTileHeight() {
    return tile;
  }

  @Override
  public int getTileGridXOffset() {
    return x;
  }

  @Override
  public int getTileGridYOffset() {
    return y;
  }

  @Override
  public Raster getTile(int tileX, int tileY) {
    return getData(new Rectangle(x + tileX * tile, y + tileY * tile, tile, tile));
  }

  @Override
  public Raster getData() {
    return getData(new Rectangle(x, y, getWidth(), getHeight()));
  }

  @Override
  public Raster getData(Rectangle area) {
    return image
        .getData(new Rectangle(area.x - x, area.y - y, area.width, area.height))
        .createTranslatedChild(area.x, area.y);
  }

  @Override
  public WritableRaster copyData(WritableRaster raster) {
    WritableRaster target =
        raster != null
            ? raster
            : image.getRaster().createCompatibleWritableRaster(getWidth(), getHeight());
    target.setRect(getData());
    return target;
  }
}
