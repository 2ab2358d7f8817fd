/**
 * Rooms and their members: joining, leaving, ownership and moderation. Free of libraries. Internal: changes without
 * notice.
 */
@NullMarked
package chat.klatsch.room;

import org.jspecify.annotations.NullMarked;
