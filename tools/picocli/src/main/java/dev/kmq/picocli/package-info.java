/** Makes picocli's classes fit for class-data archives, in the build. */
@NullMarked
package dev.kmq.picocli;

import org.jspecify.annotations.NullMarked;
