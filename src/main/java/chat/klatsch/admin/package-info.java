/** The house as a whole and those who look after it, the operators. */
@NullMarked
package chat.klatsch.admin;

import org.jspecify.annotations.NullMarked;
