/**
 * Threads, progress and cancellation of an operation: {@link dev.kmq.concurrent.Work}. Knows
 * nothing of images; every other package may use it.
 *
 * <pre>{@code
 * Work work = Work.on(executor, 4).withProgress(done -> bar.setValue((int) (100 * done)));
 * new KmqEncoder(options).encode(pixels, out, work); // another thread may call work.cancel()
 * }</pre>
 */
@NullMarked
package dev.kmq.concurrent;

import org.jspecify.annotations.NullMarked;
