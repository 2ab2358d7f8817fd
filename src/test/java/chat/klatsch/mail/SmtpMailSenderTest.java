package chat.klatsch.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.klatsch.account.Email;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.Log;
import chat.klatsch.fixture.Ports;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests against a real SMTP server. */
class SmtpMailSenderTest {
    private static final EmailAddress BOB = new EmailAddress("bob@example.org");
    private static final Email EMAIL = new Email(BOB, "Grüße ☕", "Zwölf Boxkämpfer\n\nhttp://x/?token=secret\n");

    private GreenMail server = new GreenMail(setup("smtp", 0));

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void an_email_arrives_as_it_was_written() throws Exception {
        server.start();
        try (SmtpMailSender mail = mail("smtp://127.0.0.1:%s?from=chat@example.org")) {
            mail.send(EMAIL);
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
        }
        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getAllRecipients()).extracting(Object::toString).containsExactly("bob@example.org");
        assertThat(received.getFrom()).extracting(Object::toString).containsExactly("chat@example.org");
        assertThat(received.getSubject()).isEqualTo(EMAIL.subject());
        assertThat(received.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(received.getContent().toString().replace("\r\n", "\n").strip())
                .isEqualTo(EMAIL.body().strip());
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received.getMessageID()).endsWith("@example.org>");
    }

    @Test
    void a_server_may_require_a_login_and_a_wrong_one_is_not_retried() {
        server.setUser("chat@example.org", "chat", "s3cret");
        server.getUserManager().setAuthRequired(true);
        server.start();
        try (Log log = new Log()) {
            try (SmtpMailSender mail = mail("smtp://chat:s3cret@127.0.0.1:%s?from=chat@example.org");
                    SmtpMailSender wrong = mail("smtp://chat:wr0ng@127.0.0.1:%s?from=chat@example.org")) {
                mail.send(EMAIL);
                assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
                wrong.send(EMAIL);
                await().until(() -> !log.problems().isEmpty());
            }
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(log.problems()).hasSize(1);
            assertThat(log.text())
                    .contains("An email could not be sent: AuthenticationFailedException")
                    .doesNotContain("s3cret", "wr0ng", "bob@", "token");
        }
    }

    @Test
    void sending_to_an_unreachable_server_is_retried_without_blocking_the_caller() {
        int port = Ports.free();
        server = new GreenMail(setup("smtp", port));
        try (Log log = new Log();
                SmtpMailSender mail =
                        mail("smtp://127.0.0.1:" + port + "?from=chat@example.org", Duration.ofMillis(300))) {
            long begun = System.nanoTime();
            mail.send(EMAIL);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            await().until(() -> log.text().contains("will be retried: MailConnectException, ConnectException"));
            server.start();
            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
            assertThat(log.problems()).isEmpty();
        }
    }

    @Test
    void an_email_is_dropped_after_a_few_attempts_and_its_text_is_not_logged() {
        try (Log log = new Log();
                SmtpMailSender mail = mail(
                        "smtp://127.0.0.1:" + Ports.free() + "?from=chat@example.org",
                        Duration.ofMillis(1),
                        Duration.ofMillis(1))) {
            mail.send(EMAIL);
            await().until(() -> !log.problems().isEmpty());
            assertThat(log.text().lines()).hasSize(3);
            assertThat(log.text()).doesNotContain("bob@", "token", "Boxk");
        }
    }

    @Test
    void a_server_without_a_valid_certificate_receives_nothing() {
        server = new GreenMail(setup("smtps", 0));
        server.start();
        try (Log log = new Log();
                SmtpMailSender mail = mail("smtps://127.0.0.1:%s?from=chat@example.org", Duration.ofMillis(1))) {
            mail.send(EMAIL);
            // The server throws, too, when it receives the TLS alert.
            await().dontCatchUncaughtExceptions().until(() -> !log.problems().isEmpty());
            assertThat(log.text()).contains("SSLHandshakeException");
            assertThat(server.getReceivedMessages()).isEmpty();
        }
    }

    @Test
    void closing_sends_queued_emails_and_drops_those_that_wait_for_a_retry() {
        server.start();
        SmtpMailSender mail = mail("smtp://127.0.0.1:%s?from=chat@example.org");
        for (int i = 0; i < 4; i++) {
            mail.send(EMAIL);
        }
        mail.close();
        assertThat(server.getReceivedMessages()).hasSize(4);

        try (Log log = new Log()) {
            SmtpMailSender away =
                    mail("smtp://127.0.0.1:" + Ports.free() + "?from=chat@example.org", Duration.ofHours(1));
            away.send(EMAIL);
            await().until(() -> log.text().contains("will be retried"));
            long begun = System.nanoTime();
            away.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            assertThat(log.text()).contains("waiting for a retry were dropped");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "bob",
                "@example.org",
                "bob@",
                "bob@example.org\r\nBcc: eve@example.org",
                "bob@example.org\nBcc: eve",
                "bob\n@example.org",
                "bob@example.org,eve@example.org",
                "bob@example.org;eve@example.org",
                "Bob <bob@example.org>",
                "<bob@example.org>",
                "friends: bob@example.org;",
                "\"bob eve\"@example.org",
                "bob(eve)@example.org",
                "bob@[127.0.0.1]",
                "bob@example..org",
                "bob@-example.org",
                ".bob@example.org",
                "bob..eve@example.org",
                "bob\u2028@example.org",
                "bob\u00a0@example.org",
                "b\u00f6b@example.org",
                "bob@eve@example.org",
                "bob%0a@exa mple.org",
            })
    void only_a_single_plain_mailbox_is_a_valid_address(String text) {
        assertThatThrownBy(() -> new EmailAddress(text)).isInstanceOf(ChatException.class);
    }

    @Test
    void common_forms_of_addresses_are_valid() {
        assertThat(List.of(
                        "a@b",
                        "a.b+c@example.org",
                        "o'neil@mail.example.co.uk",
                        "x".repeat(64) + "@example.org",
                        "a@xn--bcher-kva.example"))
                .allMatch(EmailAddress::isMailbox);
        assertThat(List.of("x".repeat(65) + "@example.org", "a@" + "b".repeat(64), "a@" + "b.".repeat(126) + "b"))
                .noneMatch(EmailAddress::isMailbox);
        assertThat(new EmailAddress(" Bob@Example.ORG ").comparable()).isEqualTo("bob@example.org");
    }

    private SmtpMailSender mail(String url, Duration... retries) {
        String complete = url.contains("%s") ? url.formatted(port()) : url;
        return new SmtpMailSender(SmtpSettings.of(URI.create(complete)), Clock.systemUTC(), List.of(retries));
    }

    private int port() {
        return (server.getSmtp() != null ? server.getSmtp() : server.getSmtps()).getPort();
    }

    private static ServerSetup setup(String protocol, int port) {
        return new ServerSetup(port, "127.0.0.1", protocol);
    }
}
