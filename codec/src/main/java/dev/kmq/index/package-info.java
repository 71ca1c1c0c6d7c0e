/**
 * Index coding: the interface of an index method, and one package per method with its encoder and
 * decoder. A method codes one tile at a time. It gets the palette, because rans and mix model
 * indices by the colours they represent. It knows nothing of headers and checksums.
 */
@NullMarked
package dev.kmq.index;

import org.jspecify.annotations.NullMarked;
