/** Fuzz target of images of other formats. */
@NullMarked
package dev.kmq.cli.picture;

import org.jspecify.annotations.NullMarked;
