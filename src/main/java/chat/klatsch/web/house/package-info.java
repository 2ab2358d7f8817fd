/** The pages of the operators. */
@NullMarked
package chat.klatsch.web.house;

import org.jspecify.annotations.NullMarked;
