/**
 * Inflates DEFLATE (RFC 1951). The compiler's library accepts distances to before the first byte,
 * and takes a tenth of the module.
 */
@NullMarked
package dev.kmq.web.inflate;

import org.jspecify.annotations.NullMarked;
