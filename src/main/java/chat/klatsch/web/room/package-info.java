/** A room in a browser: its page, its live connections, and how what happens in it is drawn. */
@NullMarked
package chat.klatsch.web.room;

import org.jspecify.annotations.NullMarked;
