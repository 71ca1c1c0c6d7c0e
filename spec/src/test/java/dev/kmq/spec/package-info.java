/**
 * The conformance vectors: how recipes become files, and how the decoder reads them. Bytes are
 * written without the codec, so that a mistake in its writer cannot hide one in its reader.
 */
@NullMarked
package dev.kmq.spec;

import org.jspecify.annotations.NullMarked;
