package chat.klatsch.mail;

import chat.klatsch.account.Email;
import chat.klatsch.account.MailSender;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends letters over SMTP, on a thread of its own, one after the other. One that the server does not take just now is
 * tried again a few times, later each time, while others go out. What waits is bounded. The log tells what failed,
 * never to whom or what. Thread-safe.
 */
public final class SmtpMailSender implements MailSender {
    /** When a letter is tried again, counted from the failure before. */
    public static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(2));

    private static final int WAITING = 1_000;
    private static final int STOP_TIMEOUT_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(SmtpMailSender.class);

    private final SmtpSettings server;
    private final Clock clock;
    private final List<Duration> retries;
    private final Session session;
    private final Semaphore places = new Semaphore(WAITING);
    private final ScheduledThreadPoolExecutor postman;

    /** Connects when there is something to send. */
    public SmtpMailSender(SmtpSettings server, Clock clock, List<Duration> retries) {
        this.server = server;
        this.clock = clock;
        this.retries = List.copyOf(retries);
        this.session = Session.getInstance(server.properties());
        this.postman = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "klatsch-mail");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void send(Email letter) {
        if (!places.tryAcquire()) {
            log.warn("A letter was dropped, for {} wait already", WAITING);
        } else {
            attempt(letter, 0, Duration.ZERO);
        }
    }

    /** Sends what waits, for two seconds at most, and none of what has failed before. */
    @Override
    public void close() {
        if (postman.getQueue().removeIf(letter -> ((Delayed) letter).getDelay(TimeUnit.NANOSECONDS) > 0)) {
            log.warn("The mail server has not taken some letters, which are dropped now");
        }
        postman.shutdown();
        if (!finished()) {
            log.warn("{} letters were not sent in time", postman.shutdownNow().size());
            finished();
        }
    }

    private boolean finished() {
        try {
            return postman.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void attempt(Email letter, int failures, Duration delay) {
        try {
            postman.schedule(() -> deliver(letter, failures), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.warn("A letter was dropped, for the chat is going down");
            places.release();
        }
    }

    private void deliver(Email letter, int failures) {
        try {
            transmit(message(letter));
            places.release();
        } catch (MessagingException | RuntimeException e) {
            SmtpFailure failure = SmtpFailure.of(e);
            if (failure.isFinal() || failures == retries.size()) {
                log.warn("A letter could not be sent: {}", failure.reason());
                places.release();
            } else {
                log.info("A letter could not be sent yet: {}", failure.reason());
                attempt(letter, failures + 1, retries.get(failures));
            }
        }
    }

    private MimeMessage message(Email letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from().value(), true));
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(letter.to().value(), true));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // So that nobody's holiday answers it.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    private void transmit(MimeMessage message) throws MessagingException {
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(
                    server.login().map(SmtpSettings.Login::user).orElse(null),
                    server.login().map(SmtpSettings.Login::password).orElse(null));
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
