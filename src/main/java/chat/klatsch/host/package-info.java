/** Users whom the application around the chat knows: their accounts, which follow it, and their sessions. */
@NullMarked
package chat.klatsch.host;

import org.jspecify.annotations.NullMarked;
