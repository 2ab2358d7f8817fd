package chat.klatsch.mail;

import chat.klatsch.account.Letter;
import chat.klatsch.account.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where no mail server is set, letters are printed to the log for whoever runs the chat: recipient, subject and text,
 * with the link that is in it. Thread-safe.
 */
public final class LogMail implements Mail {
    private static final Logger log = LoggerFactory.getLogger(LogMail.class);

    @Override
    public void send(Letter letter) {
        log.info("Mail to {}: {}\n{}", letter.to(), letter.subject(), letter.body());
    }

    @Override
    public void close() {
        // Every letter has left.
    }
}
