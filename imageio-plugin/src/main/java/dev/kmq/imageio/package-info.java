/**
 * Makes {@code ImageIO.read} and {@code ImageIO.write} open and save {@code .kmq} files. The
 * service providers are found by themselves, on the class path and on the module path.
 */
@NullMarked
package dev.kmq.imageio;

import org.jspecify.annotations.NullMarked;
