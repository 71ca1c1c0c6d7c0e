/** Where inputs come from and outputs go to: files, folders, archives, standard streams. */
@NullMarked
package dev.kmq.file;

import org.jspecify.annotations.NullMarked;
