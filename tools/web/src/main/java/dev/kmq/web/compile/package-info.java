/** Extensions of the compiler; they do not run in browsers. */
@NullMarked
package dev.kmq.web.compile;

import org.jspecify.annotations.NullMarked;
