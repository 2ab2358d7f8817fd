/**
 * The API, and Klatsch as a program: start-up, configuration and the wiring of all parts. {@link chat.klatsch.ChatServer} or
 * {@link chat.klatsch.KlatschPlugin} start a chat, whose {@link chat.klatsch.Rooms}, {@link chat.klatsch.Messages},
 * {@link chat.klatsch.People} and {@link chat.klatsch.Events} are for programs. Refusals are a
 * {@link chat.klatsch.core.ChatException}. No argument and no result is null unless it is marked so.
 */
@NullMarked
package chat.klatsch;

import org.jspecify.annotations.NullMarked;
