/** Fuzz target of coded palettes. */
@NullMarked
package dev.kmq.palette;

import org.jspecify.annotations.NullMarked;
