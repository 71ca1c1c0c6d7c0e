/** Fuzz target of palette files. */
@NullMarked
package dev.kmq.colors;

import org.jspecify.annotations.NullMarked;
