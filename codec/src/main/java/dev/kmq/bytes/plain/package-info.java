/**
 * What {@code dev.kmq.bytes} does, with nothing but arrays: for Android 8 to 13, and for the page
 * that {@code tools/web} compiles.
 */
@NullMarked
package dev.kmq.bytes.plain;

import org.jspecify.annotations.NullMarked;
