/**
 * The data of the codec. An {@link dev.kmq.image.IndexedImage} is a palette and a plane of indices;
 * a {@link dev.kmq.image.PixelSource} gives the pixels that it is computed from. The package also
 * has options that several packages share, and error figures, but no algorithms and no bytes of
 * files.
 *
 * <p>A {@link dev.kmq.image.Palette} is immutable, an {@link dev.kmq.image.IndexPlane} a mutable
 * buffer. An image does not copy its plane.
 *
 * <p>This program makes an indexed image by hand, drops the colour that no pixel has, and compares
 * the result with the original:
 *
 * <pre>{@code
 * import dev.kmq.image.ColorError;
 * import dev.kmq.image.IndexPlane;
 * import dev.kmq.image.IndexedImage;
 * import dev.kmq.image.Palette;
 * import dev.kmq.image.Reindexing;
 *
 * public final class DropUnused {
 *   public static void main(String[] args) {
 *     Palette palette = Palette.ofRgb(0xFFFFFF, 0x00FF00, 0x000000);
 *     IndexPlane plane = IndexPlane.allocate(8, 8, palette.size());
 *     for (int i = 0; i < 8; i++) {
 *       plane.set(i, i, 2);
 *     }
 *     IndexedImage image = new IndexedImage(palette, plane);
 *     IndexedImage smaller = Reindexing.ofUsed(image).apply(image);
 *     ColorError error = ColorError.of(image.pixels(), smaller.pixels(), 0);
 *     System.out.println(smaller.palette().size() + " colours, mse " + error.mse());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.kmq.image;

import org.jspecify.annotations.NullMarked;
