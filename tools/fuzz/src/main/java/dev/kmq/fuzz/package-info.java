/** Fuzzing: the targets and their seeds. */
@NullMarked
package dev.kmq.fuzz;

import org.jspecify.annotations.NullMarked;
