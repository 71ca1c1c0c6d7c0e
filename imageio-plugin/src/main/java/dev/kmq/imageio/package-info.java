/**
 * Makes {@code ImageIO.read} and {@code ImageIO.write} open and save {@code .kmq} files. ImageIO
 * finds the service providers automatically, on the class path and on the module path.
 *
 * <p>Applications that call the codec directly convert images of {@code java.awt} with {@link
 * dev.kmq.imageio.KmqImages}. This program encodes an image, and writes the decoded image as an
 * indexed PNG:
 *
 * <pre>{@code
 * import dev.kmq.EncodeOptions;
 * import dev.kmq.Kmq;
 * import dev.kmq.container.DecodeOptions;
 * import dev.kmq.container.KmqReader;
 * import dev.kmq.image.IndexedImage;
 * import dev.kmq.imageio.IccProfile;
 * import dev.kmq.imageio.KmqImages;
 * import java.awt.image.BufferedImage;
 * import java.io.ByteArrayInputStream;
 * import java.io.File;
 * import java.io.IOException;
 * import java.nio.file.Files;
 * import java.nio.file.Path;
 * import javax.imageio.ImageIO;
 *
 * public class Convert {
 *   public static void main(String[] names) throws IOException {
 *     BufferedImage image = ImageIO.read(new File(names[0]));
 *     EncodeOptions options = EncodeOptions.builder().colors(64).build();
 *     byte[] file = Kmq.encode(KmqImages.pixels(image), options);
 *     Files.write(Path.of(names[1]), file);
 *
 *     try (KmqReader reader =
 *         KmqReader.open(new ByteArrayInputStream(file), DecodeOptions.defaults())) {
 *       IndexedImage stored = reader.readImage();
 *       IndexedImage shown =
 *           IccProfile.of(reader.header(), reader.chunks())
 *               .map(profile -> profile.toSrgb(stored))
 *               .orElse(stored);
 *       ImageIO.write(KmqImages.image(shown), "png", new File(names[2]));
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.kmq.imageio;

import org.jspecify.annotations.NullMarked;
