/** Parses the text of a message: blocks, styles, links and mentions. Internal: changes without notice. */
@NullMarked
package chat.klatsch.markup;

import org.jspecify.annotations.NullMarked;
