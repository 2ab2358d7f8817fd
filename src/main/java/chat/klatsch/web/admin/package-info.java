/** The admin area: pages for operators. */
@NullMarked
package chat.klatsch.web.admin;

import org.jspecify.annotations.NullMarked;
