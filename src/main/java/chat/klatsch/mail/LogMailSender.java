package chat.klatsch.mail;

import chat.klatsch.account.Email;
import chat.klatsch.account.MailSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where no mail server is set, letters are printed to the log for whoever runs the chat: recipient, subject and text,
 * with the link that is in it. Thread-safe.
 */
public final class LogMailSender implements MailSender {
    private static final Logger log = LoggerFactory.getLogger(LogMailSender.class);

    @Override
    public void send(Email letter) {
        log.info("Mail to {}: {}\n{}", letter.to(), letter.subject(), letter.body());
    }

    @Override
    public void close() {
        // Every letter has left.
    }
}
