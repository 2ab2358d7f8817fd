/** Stores rooms, memberships, invitations and unread counts. */
@NullMarked
package chat.klatsch.store.room;

import org.jspecify.annotations.NullMarked;
