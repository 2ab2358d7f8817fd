/**
 * Values and rules that every feature shares: users, ids, limits, errors, text rules. {@link
 * chat.klatsch.core.ChatException}, {@link chat.klatsch.core.Limit} and {@link chat.klatsch.core.RoomId} are part of
 * the API; the rest is internal and changes without notice.
 */
@NullMarked
package chat.klatsch.core;

import org.jspecify.annotations.NullMarked;
