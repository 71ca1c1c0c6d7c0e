/**
 * From pixels to a palette: the exact colour histogram, variance cut, Lloyd's steps,
 * split-and-merge moves, rounding. Minimises the weighted sum of squared distances to the nearest
 * colour (k-means). Knows nothing of files.
 */
@NullMarked
package dev.kmq.quantize;

import org.jspecify.annotations.NullMarked;
