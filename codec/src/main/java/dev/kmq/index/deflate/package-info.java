/**
 * Method 1, deflate: raw DEFLATE (RFC 1951) over indices (specification, section Index methods).
 */
@NullMarked
package dev.kmq.index.deflate;

import org.jspecify.annotations.NullMarked;
