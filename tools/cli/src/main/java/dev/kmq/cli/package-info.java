/**
 * The {@code kmq} command: one class per subcommand, the options that they share, and the
 * processing and reporting of inputs. Files and archives are in {@link dev.kmq.file}, images of
 * other formats in {@link dev.kmq.picture}, HTML reports in {@link dev.kmq.cli.report}.
 */
@NullMarked
package dev.kmq.cli;

import org.jspecify.annotations.NullMarked;
