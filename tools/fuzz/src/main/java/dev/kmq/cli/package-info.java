/** Fuzz target of palette files. */
@NullMarked
package dev.kmq.cli;

import org.jspecify.annotations.NullMarked;
