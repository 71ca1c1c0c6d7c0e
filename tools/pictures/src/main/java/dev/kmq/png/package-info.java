/**
 * Reading PNG, writing indexed PNG, and colour spaces of PNG files, without {@code java.awt}, so
 * that a web page can be compiled from it, too.
 */
@NullMarked
package dev.kmq.png;

import org.jspecify.annotations.NullMarked;
