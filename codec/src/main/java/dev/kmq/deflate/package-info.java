/**
 * An encoder of raw DEFLATE (RFC 1951) that spends more time than zlib to save bytes, as zopfli
 * does, and a reader that reports what the bits of a stream are spent on. Streams are the same on
 * every machine; those of {@code java.util.zip} depend on its zlib. Knows nothing of images.
 *
 * <p>{@link dev.kmq.deflate.DeflateWriter} works in steps: a match finder lists the matches of
 * every position, a parser chooses among them by the costs of the previous parse, a splitter
 * decides where blocks end, and a block writer writes prefix codes and tokens.
 */
@NullMarked
package dev.kmq.deflate;

import org.jspecify.annotations.NullMarked;
