/** What a message's text becomes: safe HTML from a little Markdown. */
@NullMarked
package chat.klatsch.web.markup;

import org.jspecify.annotations.NullMarked;
