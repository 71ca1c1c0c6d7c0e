/** Fuzz target of the tables of rans. */
@NullMarked
package dev.kmq.index.rans;

import org.jspecify.annotations.NullMarked;
