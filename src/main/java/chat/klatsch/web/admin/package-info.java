/** The pages of the operators. */
@NullMarked
package chat.klatsch.web.admin;

import org.jspecify.annotations.NullMarked;
