/** The search page. Internal: changes without notice. */
@NullMarked
package chat.klatsch.web.search;

import org.jspecify.annotations.NullMarked;
