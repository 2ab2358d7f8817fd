/** Unread messages of each user in all rooms, kept up to date on all open pages. Free of libraries. */
@NullMarked
package chat.klatsch.inbox;

import org.jspecify.annotations.NullMarked;
