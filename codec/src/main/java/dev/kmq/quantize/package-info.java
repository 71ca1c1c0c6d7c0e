/**
 * From pixels to the palette: histogram of exact colours, variance cut, Lloyd's steps, rounding.
 * Minimises the weighted sum of squared distances to the nearest colour (k-means); never sees a
 * byte of a file.
 */
@NullMarked
package dev.kmq.quantize;

import org.jspecify.annotations.NullMarked;
