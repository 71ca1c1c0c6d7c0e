/**
 * Method 2, rans: one static rANS symbol per pixel, its frequencies chosen by the pixels around,
 * or, with {@link dev.kmq.index.rans.Memory}, pixels copied from earlier places (specification,
 * section Method 2). The model ({@link dev.kmq.index.rans.Contexts}, {@link
 * dev.kmq.index.rans.ColorRanks}, {@link dev.kmq.index.rans.Tokens}) is the same for encoder and
 * decoder.
 */
@NullMarked
package dev.kmq.index.rans;

import org.jspecify.annotations.NullMarked;
