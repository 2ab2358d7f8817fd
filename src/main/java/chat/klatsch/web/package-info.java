/**
 * The web server: the route table, and the settings and headers that apply to every request. Internal: changes without
 * notice.
 */
@NullMarked
package chat.klatsch.web;

import org.jspecify.annotations.NullMarked;
