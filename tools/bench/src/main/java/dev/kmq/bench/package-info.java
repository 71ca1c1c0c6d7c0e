/** Rates of the codec's parts, one thread each unless the name says otherwise. */
@NullMarked
package dev.kmq.bench;

import org.jspecify.annotations.NullMarked;
