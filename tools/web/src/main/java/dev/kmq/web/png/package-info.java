/** Reads PNG files as the command does, without {@code java.awt}. */
@NullMarked
package dev.kmq.web.png;

import org.jspecify.annotations.NullMarked;
