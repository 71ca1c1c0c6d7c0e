/**
 * Adaptive binary arithmetic coding, for indices (method 3) and for palettes: the coder itself,
 * counters, and the logistic functions for mixing (specification, section Mix).
 */
@NullMarked
package dev.kmq.index.arithmetic;

import org.jspecify.annotations.NullMarked;
