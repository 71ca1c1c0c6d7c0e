/**
 * Method 1, deflate: raw DEFLATE (RFC 1951) over indices (specification, section Index methods).
 * The encoder is our own, so that a stream does not depend on the zlib of a machine; {@code
 * java.util.zip} inflates.
 */
@NullMarked
package dev.kmq.index.deflate;

import org.jspecify.annotations.NullMarked;
