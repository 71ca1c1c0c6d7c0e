/**
 * Measures of the difference between two images of the same size, as people see it: {@link
 * dev.kmq.metrics.Ssimulacra2}, {@link dev.kmq.metrics.Dssim} and {@link dev.kmq.metrics.Ssim}.
 * {@link dev.kmq.metrics.Comparison} has all of them beside those of {@link
 * dev.kmq.image.ColorError}.
 *
 * <p>Arithmetic is in {@code float} and {@code double} with no function whose result the Java
 * platform leaves open, so a value is the same on every machine and for every number of threads.
 * Memory beyond the images is about 8 bytes a pixel, 10 for DSSIM, and for each thread some 70 rows
 * of both images as numbers.
 */
@NullMarked
package dev.kmq.metrics;

import org.jspecify.annotations.NullMarked;
