/** Coded palettes: entries as residuals, arithmetically coded (specification, section Palette). */
@NullMarked
package dev.kmq.palette;

import org.jspecify.annotations.NullMarked;
