/**
 * From pixels and a palette to indices: the nearest entry, dithering, and rate-distortion
 * optimisation.
 */
@NullMarked
package dev.kmq.remap;

import org.jspecify.annotations.NullMarked;
