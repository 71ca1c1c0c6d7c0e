/** Completion scripts and man pages, written from the model of the command's options. */
@NullMarked
package dev.kmq.cli.docs;

import org.jspecify.annotations.NullMarked;
