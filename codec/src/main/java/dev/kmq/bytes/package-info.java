/** Arrays of bytes as longs, and whole reads of streams. */
@NullMarked
package dev.kmq.bytes;

import org.jspecify.annotations.NullMarked;
