/** Fuzzing: what is called with made-up bytes, and what it starts from. */
@NullMarked
package dev.kmq.fuzz;

import org.jspecify.annotations.NullMarked;
