/**
 * The check of a release: refuses what Maven Central would refuse, and what this project promises
 * beyond that. {@link dev.kmq.dist.central.ReleaseCheck} runs all rules.
 */
@NullMarked
package dev.kmq.dist.central;

import org.jspecify.annotations.NullMarked;
