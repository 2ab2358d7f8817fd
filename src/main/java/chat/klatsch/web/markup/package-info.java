/** Renders message text, a subset of Markdown, as safe HTML. Internal: changes without notice. */
@NullMarked
package chat.klatsch.web.markup;

import org.jspecify.annotations.NullMarked;
