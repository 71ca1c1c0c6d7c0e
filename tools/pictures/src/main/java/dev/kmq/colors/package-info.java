/** Palettes by name, and palette files of several formats. */
@NullMarked
package dev.kmq.colors;

import org.jspecify.annotations.NullMarked;
