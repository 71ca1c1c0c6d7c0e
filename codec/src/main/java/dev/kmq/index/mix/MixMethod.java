package dev.kmq.index.mix;

import dev.kmq.bytes.Streams;
import dev.kmq.image.IndexPlane;
import dev.kmq.image.Palette;
import dev.kmq.index.IndexMethod;
import dev.kmq.index.PayloadException;
import dev.kmq.index.arithmetic.ArithmeticDecoder;
import dev.kmq.index.arithmetic.ArithmeticEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Method 3: adaptive binary arithmetic coding with logistic mixing. Tiles share only the palette
 * tree.
 */
public final class MixMethod implements IndexMethod {
  private final boolean matches;
  private final @Nullable Palette palette;
  private @Nullable PaletteTree tree;

  /**
   * The method for any palette; it builds the palette tree again for every tile.
   *
   * @param matches whether tiles are modelled with matches (specification, rules M-30 to M-33)
   */
  public MixMethod(boolean matches) {
    this(matches, null);
  }

  private MixMethod(boolean matches, @Nullable Palette palette) {
    this.matches = matches;
    this.palette = palette;
  }

  @Override
  public IndexMethod forPalette(Palette known) {
    return new MixMethod(matches, known);
  }

  /** Built for the first tile, so that reading only a header does not pay for it. */
  private synchronized PaletteTree tree(Palette wanted) {
    if (palette == null || !palette.equals(wanted)) {
      return new PaletteTree(wanted);
    }
    if (tree == null) {
      tree = new PaletteTree(wanted);
    }
    return tree;
  }

  @Override
  public void encode(IndexPlane tile, Palette palette, OutputStream payload) throws IOException {
    PaletteTree tree = tree(palette);
    ArithmeticEncoder coder = new ArithmeticEncoder();
    TileModel model = new TileModel(tree, tile.width(), tile.height(), matches, coder);
    int[] row = new int[tile.width()];
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = tree.position[tile.get(x, y)];
      }
      model.code(row);
    }
    payload.write(coder.finish());
  }

  @Override
  public void decode(InputStream payload, Palette palette, IndexPlane tile) throws IOException {
    decode(new ArithmeticDecoder(Streams.readAll(payload)), tree(palette), tile);
  }

  @Override
  public long workingBytes(int width, int height) {
    return TileModel.bytes(width, height, matches) + 4L * width;
  }

  private void decode(ArithmeticDecoder coder, PaletteTree tree, IndexPlane tile)
      throws PayloadException {
    TileModel model = new TileModel(tree, tile.width(), tile.height(), matches, coder);
    int[] row = new int[tile.width()];
    for (int y = 0; y < tile.height(); y++) {
      model.code(row);
      for (int x = 0; x < row.length; x++) {
        tile.set(x, y, tree.index[row[x]]);
      }
    }
    coder.expectEnd();
  }

  @Override
  public List<String> parts() {
    return DecisionKind.NAMES;
  }

  @Override
  public void measure(byte[] payload, Palette palette, IndexPlane tile, double[] bits)
      throws IOException {
    double[] spent = new double[DecisionKind.NAMES.size()];
    decode(new MeasuringDecoder(payload, spent), tree(palette), tile);
    spent[DecisionKind.END] = 8.0 * payload.length - Arrays.stream(spent).sum();
    for (int part = 0; part < spent.length; part++) {
      bits[part] += spent[part];
    }
  }
}
