/** Stores rooms, memberships, invitations and unread counts. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.room;

import org.jspecify.annotations.NullMarked;
