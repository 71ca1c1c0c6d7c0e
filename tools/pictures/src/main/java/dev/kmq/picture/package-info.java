/**
 * Images of other formats, by ImageIO: reading them with orientation, colour profile and metadata,
 * all their frames and pages, writing them, and reducing them.
 */
@NullMarked
package dev.kmq.picture;

import org.jspecify.annotations.NullMarked;
