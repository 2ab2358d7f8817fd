/** The texts that people read, in each language. Internal: changes without notice. */
@NullMarked
package chat.klatsch.text;

import org.jspecify.annotations.NullMarked;
