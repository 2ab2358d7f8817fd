/** The admin area: pages for operators. Internal: changes without notice. */
@NullMarked
package chat.klatsch.web.admin;

import org.jspecify.annotations.NullMarked;
