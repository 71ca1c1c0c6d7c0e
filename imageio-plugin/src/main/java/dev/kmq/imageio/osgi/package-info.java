/** The plugin as an OSGi bundle. */
@NullMarked
package dev.kmq.imageio.osgi;

import org.jspecify.annotations.NullMarked;
