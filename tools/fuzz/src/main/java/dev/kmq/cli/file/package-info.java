/** Fuzz target of archives. */
@NullMarked
package dev.kmq.cli.file;

import org.jspecify.annotations.NullMarked;
