/** Password hashing. */
@NullMarked
package chat.klatsch.password;

import org.jspecify.annotations.NullMarked;
