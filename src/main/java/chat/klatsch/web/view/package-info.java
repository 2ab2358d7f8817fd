/** Values that all pages share: the site, static files, page context, sidebar and times. */
@NullMarked
package chat.klatsch.web.view;

import org.jspecify.annotations.NullMarked;
