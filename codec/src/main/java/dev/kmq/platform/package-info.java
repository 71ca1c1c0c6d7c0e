/** What the JDK has and Android lacks before some version, with what takes its place there. */
@NullMarked
package dev.kmq.platform;

import org.jspecify.annotations.NullMarked;
