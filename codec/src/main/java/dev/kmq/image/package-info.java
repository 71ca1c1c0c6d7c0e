/**
 * Images in memory, shared by all other packages: pixels, palettes, planes of indices, the error
 * between two images, and the choices of the quantiser ({@link dev.kmq.image.Metric}, {@link
 * dev.kmq.image.Effort}, {@link dev.kmq.image.Dither}). It contains no algorithm of the quantiser
 * and knows nothing of files.
 */
@NullMarked
package dev.kmq.image;

import org.jspecify.annotations.NullMarked;
