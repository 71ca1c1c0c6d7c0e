/**
 * Self-contained HTML reports and error maps: what the user looks at. Measured values and encoded
 * files come in; nothing here reads inputs or knows options.
 */
@NullMarked
package dev.kmq.cli.report;

import org.jspecify.annotations.NullMarked;
