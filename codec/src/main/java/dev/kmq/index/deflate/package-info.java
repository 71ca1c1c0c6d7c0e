/**
 * Method 1, deflate: raw DEFLATE (RFC 1951) over indices (specification, section 8.3). {@code
 * dev.kmq.deflate} compresses, {@code java.util.zip} inflates.
 */
@NullMarked
package dev.kmq.index.deflate;

import org.jspecify.annotations.NullMarked;
