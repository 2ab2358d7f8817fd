/** Sending of emails over SMTP or to the log. Internal: changes without notice. */
@NullMarked
package chat.klatsch.mail;

import org.jspecify.annotations.NullMarked;
