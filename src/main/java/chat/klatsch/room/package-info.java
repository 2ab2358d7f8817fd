/** Rooms and their members: joining, leaving, ownership and moderation. Free of libraries. */
@NullMarked
package chat.klatsch.room;

import org.jspecify.annotations.NullMarked;
