/**
 * The {@code kmq} command: one class a verb, the options that verbs share, and the batch that runs
 * inputs and reports on them. Files and archives are in {@link dev.kmq.cli.file}, pictures of other
 * formats in {@link dev.kmq.cli.picture}.
 */
@NullMarked
package dev.kmq.cli;

import org.jspecify.annotations.NullMarked;
