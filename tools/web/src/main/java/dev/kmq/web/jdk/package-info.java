/** What TeaVM's class library lacks of the JDK, or has at a price, for one thread. */
@NullMarked
package dev.kmq.web.jdk;

import org.jspecify.annotations.NullMarked;
