/** Parses the text of a message: blocks, styles, links and mentions. */
@NullMarked
package chat.klatsch.markup;

import org.jspecify.annotations.NullMarked;
