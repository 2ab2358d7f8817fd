/** The search page. */
@NullMarked
package chat.klatsch.web.search;

import org.jspecify.annotations.NullMarked;
