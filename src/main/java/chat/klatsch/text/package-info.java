/**
 * The texts that people read, in each language. {@link chat.klatsch.text.Text} is part of the API; the rest is internal and
 * changes without notice.
 */
@NullMarked
package chat.klatsch.text;

import org.jspecify.annotations.NullMarked;
