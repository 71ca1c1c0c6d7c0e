/** Fuzz target of archives. */
@NullMarked
package dev.kmq.file;

import org.jspecify.annotations.NullMarked;
