/**
 * The entry points: {@link dev.kmq.Kmq} for the whole way between pixels and bytes, {@link
 * dev.kmq.KmqEncoder} for its two halves, {@link dev.kmq.EncodeOptions}.
 */
@NullMarked
package dev.kmq;

import org.jspecify.annotations.NullMarked;
