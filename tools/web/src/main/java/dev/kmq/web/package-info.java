/**
 * The codec of a web page: one open image, its quantised form, and the files made from it. {@link
 * dev.kmq.web.Session} does the work and runs on any JVM; {@link dev.kmq.web.Codec} is what
 * JavaScript calls.
 */
@NullMarked
package dev.kmq.web;

import org.jspecify.annotations.NullMarked;
