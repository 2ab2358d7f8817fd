/** Rooms, memberships, invitations and unread counts in SQL. */
@NullMarked
package chat.klatsch.store.room;

import org.jspecify.annotations.NullMarked;
