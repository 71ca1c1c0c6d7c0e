/** Fuzz targets that see the coder of palettes. */
@NullMarked
package dev.kmq.palette;

import org.jspecify.annotations.NullMarked;
