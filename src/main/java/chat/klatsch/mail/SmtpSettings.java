package chat.klatsch.mail;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.core.Authority;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mail server that the chat sends through, and the sender's address.
 *
 * @param secure whether the server expects TLS from the start (smtps) instead of STARTTLS
 */
public record SmtpSettings(String host, int port, boolean secure, Optional<Login> login, EmailAddress from) {
    /** The chat's account on the server. */
    public record Login(String user, String password) {
        /** Hides the password from logs. */
        @Override
        public String toString() {
            return user;
        }
    }

    private static final int SUBMISSION_PORT = 587;
    private static final int SECURE_PORT = 465;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Pattern URL = Pattern.compile("(smtps?)://[^/?#]+/?\\?from=([^&=#]+)");

    /** Parses an SMTP URL. @throws IllegalArgumentException for a malformed one; the message does not repeat it */
    public static SmtpSettings of(URI url) {
        Matcher parts = URL.matcher(url.toString());
        Authority server = Authority.of(url).orElseThrow(SmtpSettings::malformed);
        if (!parts.matches()
                || server.port().orElse(1) == 0
                || server.user().filter(String::isEmpty).isPresent()
                || server.user().isPresent() != server.password().isPresent()) {
            throw malformed();
        }
        boolean secure = parts.group(1).equals("smtps");
        String from = decoded(parts.group(2));
        if (!EmailAddress.isMailbox(from)) {
            throw malformed();
        }
        return new SmtpSettings(
                server.host(),
                server.port().orElse(secure ? SECURE_PORT : SUBMISSION_PORT),
                secure,
                server.user().map(user -> new Login(user, server.password().orElseThrow())),
                new EmailAddress(from));
    }

    /**
     * The Jakarta Mail properties. {@code smtp} uses STARTTLS if the server offers it and requires it for a login, except
     * on the loopback interface. TLS always requires a valid certificate.
     */
    Properties properties() {
        boolean local = LOOPBACK.matcher(host).matches();
        String millis = Integer.toString(TIMEOUT_MILLIS);
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", host.replaceAll("[\\[\\]]", ""));
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.auth", Boolean.toString(login.isPresent()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(secure));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!secure && !local));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(!secure && !local && login.isPresent()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        // The defaults are derived from this machine's host name, which may need a slow DNS lookup.
        properties.setProperty("mail.from", from.value());
        properties.setProperty("mail.smtp.localhost", from.value().replaceFirst(".*@", ""));
        return properties;
    }

    /** Decodes percent escapes only: a plus in these URLs does not mean a space. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "an SMTP URL looks like smtp://user:password@host:587?from=chat@example.org or starts with smtps://");
    }
}
