/**
 * Programs around the chat: the application in whose name they act, their bots, the people and rooms that they ask for, and
 * the subscriptions by which they are told what happens. Internal: changes without notice.
 */
@NullMarked
package chat.klatsch.program;

import org.jspecify.annotations.NullMarked;
