/**
 * The {@code .kmq} container: header and palette, chunks, tiles, checksums, limits, and what is
 * refused. Every constant of the format stands in {@link dev.kmq.container.Format}. Turns an
 * indexed image into bytes and back by way of the index methods; never sees k-means.
 */
@NullMarked
package dev.kmq.container;

import org.jspecify.annotations.NullMarked;
