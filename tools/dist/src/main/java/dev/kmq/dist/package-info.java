/** Makes the files of a release. */
@NullMarked
package dev.kmq.dist;

import org.jspecify.annotations.NullMarked;
