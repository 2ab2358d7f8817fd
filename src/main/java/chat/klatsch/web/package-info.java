/** The chat in a browser: routes, pages, live connections, and everything that HTTP needs around them. */
@NullMarked
package chat.klatsch.web;

import org.jspecify.annotations.NullMarked;
