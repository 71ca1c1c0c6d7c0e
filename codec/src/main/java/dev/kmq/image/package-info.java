/**
 * The waist of the codec: the indexed image, a palette and a plane of indices, and the rows of
 * pixels that one is made from. Knows neither k-means nor bytes of a file.
 */
@NullMarked
package dev.kmq.image;

import org.jspecify.annotations.NullMarked;
