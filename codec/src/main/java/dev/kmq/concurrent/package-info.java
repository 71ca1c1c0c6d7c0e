/**
 * Threads, progress and cancellation of an operation: {@link dev.kmq.concurrent.Work}. Knows
 * nothing of images; every other package may use it. By default an operation uses as many threads
 * of the codec as there are processors. A {@code Work} is for one operation.
 *
 * <p>This program encodes on its own executor, cancels the first attempt, and tries again with
 * fewer colours, printing the progress:
 *
 * <pre>{@code
 * import dev.kmq.EncodeOptions;
 * import dev.kmq.KmqEncoder;
 * import dev.kmq.concurrent.Work;
 * import dev.kmq.image.PixelSource;
 * import java.io.ByteArrayOutputStream;
 * import java.util.Random;
 * import java.util.concurrent.CancellationException;
 * import java.util.concurrent.ExecutorService;
 * import java.util.concurrent.Executors;
 *
 * public final class Retry {
 *   public static void main(String[] args) throws Exception {
 *     PixelSource pixels = PixelSource.of(300, 200, new Random(1).ints(300 * 200).toArray());
 *     ExecutorService executor = Executors.newFixedThreadPool(2);
 *     try {
 *       EncodeOptions options = EncodeOptions.builder().colors(256).build();
 *       Work first = Work.on(executor, 2);
 *       executor.submit(first::cancel); // any thread may cancel
 *       encode(pixels, options, first);
 *       Work second =
 *           Work.on(executor, 2).withProgress(done -> System.out.printf("%.0f %%%n", 100 * done));
 *       encode(pixels, options.toBuilder().colors(16).build(), second);
 *     } finally {
 *       executor.shutdown();
 *     }
 *   }
 *
 *   private static void encode(PixelSource pixels, EncodeOptions options, Work work)
 *       throws Exception {
 *     ByteArrayOutputStream out = new ByteArrayOutputStream();
 *     try {
 *       new KmqEncoder(options).encode(pixels, out, work);
 *       System.out.println(out.size() + " bytes");
 *     } catch (CancellationException e) {
 *       System.out.println("cancelled");
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.kmq.concurrent;

import org.jspecify.annotations.NullMarked;
