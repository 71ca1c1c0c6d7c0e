/**
 * An encoder of raw DEFLATE (RFC 1951) that spends more time than zlib for fewer bytes, as zopfli
 * does, and a reader of what the bits of a stream are spent on. Streams are the same on every
 * machine, which those of {@code java.util.zip} are not: they depend on its zlib. Knows nothing of
 * images.
 *
 * <p>The journey of bytes through {@link dev.kmq.deflate.DeflateWriter}: a match finder lists the
 * matches of every position, a parser chooses among them by the costs of the last choice, a
 * splitter decides where blocks end, and a block writer writes prefix codes and tokens.
 */
@NullMarked
package dev.kmq.deflate;

import org.jspecify.annotations.NullMarked;
