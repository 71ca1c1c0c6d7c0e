/**
 * The entry points: {@link dev.kmq.Kmq} for whole files, {@link dev.kmq.KmqEncoder} for the steps
 * of encoding, {@link dev.kmq.EncodeOptions} for its options. The defaults are method packed,
 * distance in RGB and no dithering: every pixel gets its nearest colour. All classes except
 * builders are immutable and thread-safe.
 *
 * <p>This program writes an image with at most 64 colours, by the method that gives the smaller
 * file, and reads it back:
 *
 * <pre>{@code
 * import dev.kmq.EncodeOptions;
 * import dev.kmq.Kmq;
 * import dev.kmq.container.Header;
 * import dev.kmq.container.Method;
 * import dev.kmq.image.IndexedImage;
 * import dev.kmq.image.PixelSource;
 * import java.nio.file.Path;
 *
 * public final class Gradient {
 *   public static void main(String[] args) throws Exception {
 *     int[] argb = new int[256 * 256];
 *     for (int i = 0; i < argb.length; i++) {
 *       argb[i] = 0xFF000000 | i;
 *     }
 *     PixelSource pixels = PixelSource.of(256, 256, argb);
 *     EncodeOptions options =
 *         EncodeOptions.builder().colors(64).methods(Method.RANS, Method.MIX).build();
 *     Path file = Path.of(args[0]);
 *     Header header = Kmq.write(pixels, file, options);
 *     IndexedImage image = Kmq.read(file);
 *     System.out.println(header.method().label() + ", " + image.palette().size() + " colours");
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.kmq;

import org.jspecify.annotations.NullMarked;
