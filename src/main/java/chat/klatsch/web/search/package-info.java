/** Searching in a browser. */
@NullMarked
package chat.klatsch.web.search;

import org.jspecify.annotations.NullMarked;
