/**
 * The conformance vectors: how recipes become files, and what the decoder makes of them. Writes
 * bytes without the codec, so that a mistake in its writer cannot hide one in its reader.
 */
@NullMarked
package dev.kmq.spec;

import org.jspecify.annotations.NullMarked;
