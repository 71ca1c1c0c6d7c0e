/** Measurements of the codec, on one thread unless stated otherwise. */
@NullMarked
package dev.kmq.bench;

import org.jspecify.annotations.NullMarked;
