/** A headless browser for tests of pages, here and in other modules. */
@NullMarked
package dev.kmq.browser;

import org.jspecify.annotations.NullMarked;
