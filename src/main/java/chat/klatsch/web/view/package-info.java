/**
 * Values that all pages share: the site, static files, page context, sidebar and times. Internal: changes without
 * notice.
 */
@NullMarked
package chat.klatsch.web.view;

import org.jspecify.annotations.NullMarked;
