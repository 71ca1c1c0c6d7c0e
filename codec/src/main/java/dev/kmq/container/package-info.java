/**
 * The {@code .kmq} container: header and palette, chunks, tiles, checksums, limits and refusals.
 * {@link dev.kmq.container.Format} has every constant of the format. The container turns an indexed
 * image into bytes and back with the index methods; it knows nothing of quantising.
 *
 * <p>By default a reader accepts images of up to 2^28 pixels and refuses those that need more
 * memory or work than {@link dev.kmq.container.Limits#defaults()}. {@link
 * dev.kmq.container.KmqReader} is thread-safe, {@link dev.kmq.container.KmqWriter} is not; all
 * other classes except builders are immutable.
 *
 * <p>This program keeps a file open and serves parts of its image to any number of threads. Only
 * the tiles that a part touches are read and decoded:
 *
 * <pre>{@code
 * import dev.kmq.container.Header;
 * import dev.kmq.container.KmqReader;
 * import dev.kmq.image.IndexPlane;
 * import dev.kmq.image.IndexedImage;
 * import java.io.IOException;
 * import java.nio.file.Path;
 * import java.util.stream.IntStream;
 *
 * public final class TileServer implements AutoCloseable {
 *   private final KmqReader reader;
 *
 *   public TileServer(Path file) throws IOException {
 *     reader = KmqReader.open(file);
 *   }
 *
 *   public int[] argb(int x, int y, int width, int height) throws IOException {
 *     Header header = reader.header();
 *     IndexPlane part = IndexPlane.allocate(width, height, header.colors());
 *     reader.readRegion(x, y, part);
 *     return new IndexedImage(header.palette(), part).toArgb();
 *   }
 *
 *   @Override
 *   public void close() throws IOException {
 *     reader.close();
 *   }
 *
 *   public static void main(String[] args) throws Exception {
 *     try (TileServer server = new TileServer(Path.of(args[0]))) {
 *       IntStream.range(0, 8)
 *           .parallel()
 *           .forEach(
 *               i -> {
 *                 try {
 *                   System.out.println(server.argb(32 * i, 0, 32, 256).length + " pixels");
 *                 } catch (IOException e) {
 *                   throw new java.io.UncheckedIOException(e);
 *                 }
 *               });
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.kmq.container;

import org.jspecify.annotations.NullMarked;
