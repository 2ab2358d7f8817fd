/** What all pages need: the site, static files, page context, times, HTML. */
@NullMarked
package chat.klatsch.web.view;

import org.jspecify.annotations.NullMarked;
