/** Encodes collections of images on Spark: shards of {@code .kmq} files and a manifest. */
@NullMarked
package dev.kmq.spark;

import org.jspecify.annotations.NullMarked;
