/** The page in a browser. */
@NullMarked
package dev.kmq.web.page;

import org.jspecify.annotations.NullMarked;
