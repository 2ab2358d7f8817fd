/**
 * The heart of the chat, free of libraries: what a room is, who may do what in it, and how a message
 * gets from one person to all the others. Storage, the bus between JVMs and the web are ports here.
 */
@NullMarked
package chat.klatsch.room;

import org.jspecify.annotations.NullMarked;
