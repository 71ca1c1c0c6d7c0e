/** Fuzz target of the container. */
@NullMarked
package dev.kmq.container;

import org.jspecify.annotations.NullMarked;
