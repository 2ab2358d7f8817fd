package chat.klatsch.mail;

import chat.klatsch.account.EmailAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server that takes letters, and the address they come from.
 *
 * @param secure whether it speaks TLS from the first byte on
 */
public record SmtpSettings(String host, int port, boolean secure, Optional<Login> login, EmailAddress from) {
    /** Who the chat is to the server. */
    public record Login(String user, String password) {
        /** Says nothing of the password, should it ever get into a log. */
        @Override
        public String toString() {
            return user;
        }
    }

    private static final int SUBMISSION_PORT = 587;
    private static final int SECURE_PORT = 465;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Pattern FROM = Pattern.compile("from=([^&=]+)");

    /** @throws IllegalArgumentException for anything that is no such URL, without repeating its password */
    public static SmtpSettings of(URI url) {
        Matcher from = FROM.matcher(url.getRawQuery() == null ? "" : url.getRawQuery());
        boolean secure = "smtps".equals(url.getScheme());
        String path = String.valueOf(url.getRawPath());
        if (!(secure || "smtp".equals(url.getScheme()))
                || url.getHost() == null
                || url.getPort() == 0
                || url.getPort() > 65_535
                || !path.matches("/?")
                || url.getFragment() != null
                || !from.matches()
                || !EmailAddress.isMailbox(decoded(from.group(1)))) {
            throw malformed();
        }
        int standardPort = secure ? SECURE_PORT : SUBMISSION_PORT;
        return new SmtpSettings(
                url.getHost(),
                url.getPort() < 0 ? standardPort : url.getPort(),
                secure,
                Optional.ofNullable(url.getRawUserInfo()).map(SmtpSettings::login),
                new EmailAddress(decoded(from.group(1))));
    }

    /**
     * The connection is encrypted, and the server has to prove its name, unless it is on this machine, or neither wants
     * a password nor offers TLS.
     */
    Properties properties() {
        boolean local = LOOPBACK.matcher(host).matches();
        String millis = Integer.toString(TIMEOUT_MILLIS);
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", withoutBrackets());
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.auth", Boolean.toString(login.isPresent()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(secure));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!secure && !local));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(!secure && !local && login.isPresent()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        // Else both are made of this machine's name, after asking a name server for it.
        properties.setProperty("mail.from", from.value());
        properties.setProperty("mail.smtp.localhost", from.value().replaceFirst(".*@", ""));
        return properties;
    }

    private String withoutBrackets() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Login login(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 1) {
            throw malformed();
        }
        return new Login(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    /** In a URL of this kind a plus is a plus. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "an SMTP URL looks like smtp://user:password@host:587?from=chat@example.org, or begins with smtps://");
    }
}
