/**
 * Pictures of other formats, by ImageIO: reading them with orientation, colour profile and
 * metadata, writing them, and measuring how near two pictures are.
 */
@NullMarked
package dev.kmq.cli.picture;

import org.jspecify.annotations.NullMarked;
