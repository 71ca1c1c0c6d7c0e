/** Rates of the codec's parts, on one thread unless the name indicates another number. */
@NullMarked
package dev.kmq.bench;

import org.jspecify.annotations.NullMarked;
