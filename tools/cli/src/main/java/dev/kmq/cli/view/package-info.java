/** Images as text for terminals: graphics protocols, coloured blocks and characters. */
@NullMarked
package dev.kmq.cli.view;

import org.jspecify.annotations.NullMarked;
