/** Benchmarks with access to the quantiser's package. */
@NullMarked
package dev.kmq.quantize;

import org.jspecify.annotations.NullMarked;
