/**
 * The documentation as a static site: the Markdown files of the repository, the Javadoc of the
 * published modules, and the web page of the codec. The pages need no script and no other host.
 */
@NullMarked
package dev.kmq.site;

import org.jspecify.annotations.NullMarked;
