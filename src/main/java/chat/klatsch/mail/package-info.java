/** How letters leave the chat: over SMTP, or into the log. */
@NullMarked
package chat.klatsch.mail;

import org.jspecify.annotations.NullMarked;
