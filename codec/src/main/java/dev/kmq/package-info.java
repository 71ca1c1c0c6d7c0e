/**
 * The entry points: {@link dev.kmq.Kmq} for the whole way between pixels and bytes, {@link
 * dev.kmq.KmqEncoder} for its two halves, {@link dev.kmq.EncodeOptions}. Progress and cancellation
 * are in {@link dev.kmq.concurrent.Work}.
 */
@NullMarked
package dev.kmq;

import org.jspecify.annotations.NullMarked;
