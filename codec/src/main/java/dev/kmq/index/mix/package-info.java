/**
 * Method 3, mix: adaptive binary arithmetic coding of the decisions that lead to an index, each
 * predicted by several counters at once (specification, section Mix).
 */
@NullMarked
package dev.kmq.index.mix;

import org.jspecify.annotations.NullMarked;
