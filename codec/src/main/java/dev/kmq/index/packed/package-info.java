/** Method 0, packed: every index in ceil(log2 K) bits (specification, section Index methods). */
@NullMarked
package dev.kmq.index.packed;

import org.jspecify.annotations.NullMarked;
