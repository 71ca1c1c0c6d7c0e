/** Fuzz target of the code words of DEFLATE. */
@NullMarked
package dev.kmq.index.deflate;

import org.jspecify.annotations.NullMarked;
