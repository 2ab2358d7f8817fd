/** Sending of emails over SMTP or to the log. */
@NullMarked
package chat.klatsch.mail;

import org.jspecify.annotations.NullMarked;
