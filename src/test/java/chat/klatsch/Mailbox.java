package chat.klatsch;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real mail server, and what the people whose letters it takes find in them. */
final class Mailbox implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("^(https?://\\S+?)([?]token=)(\\S*)$", Pattern.MULTILINE);

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

    Mailbox() {
        server.start();
    }

    /** As in the setting. */
    URI url() {
        return URI.create("smtp://127.0.0.1:" + server.getSmtp().getPort() + "?from=chat@example.org");
    }

    /** The texts of all letters to this address, as far as they have arrived, the oldest first. */
    List<String> letters(String address, String subject) {
        List<String> letters = new ArrayList<>();
        for (MimeMessage letter : server.getReceivedMessages()) {
            try {
                if (letter.getAllRecipients()[0].toString().equals(address)
                        && letter.getSubject().contains(subject)) {
                    letters.add(letter.getContent().toString().replace("\r\n", "\n"));
                }
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return letters;
    }

    /** Waits for the n-th of these letters and returns the address of its link, without the token. */
    String link(String address, String subject, int n) {
        return match(address, subject, n).group(1);
    }

    /** Waits for the n-th of these letters and returns the token in its link. */
    String token(String address, String subject, int n) {
        return match(address, subject, n).group(3);
    }

    private Matcher match(String address, String subject, int n) {
        await().until(() -> letters(address, subject).size() >= n);
        Matcher link = LINK.matcher(letters(address, subject).get(n - 1));
        if (!link.find()) {
            throw new AssertionError("there is no link in the letter");
        }
        return link;
    }

    @Override
    public void close() {
        server.stop();
    }
}
