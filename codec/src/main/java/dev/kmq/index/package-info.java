/**
 * The index plane as bytes: what a method is, and one package for each method with encoder and
 * decoder side by side. Sees one tile at a time; knows nothing of headers, checksums or colours.
 */
@NullMarked
package dev.kmq.index;

import org.jspecify.annotations.NullMarked;
