/** Benchmarks that look into the quantiser's package. */
@NullMarked
package dev.kmq.quantize;

import org.jspecify.annotations.NullMarked;
