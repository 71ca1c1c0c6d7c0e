/** Fuzz target of the ImageIO plugin. */
@NullMarked
package dev.kmq.imageio;

import org.jspecify.annotations.NullMarked;
