/** From pixels and a palette to indices: every pixel to its nearest colour. */
@NullMarked
package dev.kmq.remap;

import org.jspecify.annotations.NullMarked;
