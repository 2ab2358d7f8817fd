/**
 * Unread messages of each user in all rooms, kept up to date on all open pages. Free of libraries. Internal: changes
 * without notice.
 */
@NullMarked
package chat.klatsch.inbox;

import org.jspecify.annotations.NullMarked;
