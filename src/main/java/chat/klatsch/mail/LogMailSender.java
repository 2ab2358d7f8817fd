package chat.klatsch.mail;

import chat.klatsch.account.Email;
import chat.klatsch.account.MailSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs emails for the operator of a chat without a mail server: recipient, subject, and the text with its link.
 * Thread-safe.
 */
public final class LogMailSender implements MailSender {
    private static final Logger log = LoggerFactory.getLogger(LogMailSender.class);

    @Override
    public void send(Email email) {
        log.info("Email to {}: {}\n{}", email.to(), email.subject(), email.body());
    }

    @Override
    public void close() {
        // Nothing is queued.
    }
}
