/** Password hashing. Internal: changes without notice. */
@NullMarked
package chat.klatsch.password;

import org.jspecify.annotations.NullMarked;
