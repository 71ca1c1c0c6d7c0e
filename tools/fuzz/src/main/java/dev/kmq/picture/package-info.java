/** Fuzz target of images of other formats. */
@NullMarked
package dev.kmq.picture;

import org.jspecify.annotations.NullMarked;
