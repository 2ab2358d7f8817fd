/**
 * The API, and Klatsch as a program: start-up, configuration and the wiring of all parts. {@link chat.klatsch.ChatServer} or
 * {@link chat.klatsch.KlatschPlugin} start a chat, whose {@link chat.klatsch.Rooms}, {@link chat.klatsch.Messages},
 * {@link chat.klatsch.People} and {@link chat.klatsch.Events} are for programs. Refusals are a
 * {@link chat.klatsch.core.ChatException}. A few types of other packages belong to the API, too: that exception with its
 * {@link chat.klatsch.text.Text}, {@link chat.klatsch.core.RoomId}, and for settings {@link chat.klatsch.core.Limit},
 * {@link chat.klatsch.account.SignUpMode}, {@link chat.klatsch.web.socket.HeartbeatSettings} and
 * {@link chat.klatsch.web.connection.RequestDeadlines}. No argument and no result is null unless it is marked so.
 */
@NullMarked
package chat.klatsch;

import org.jspecify.annotations.NullMarked;
