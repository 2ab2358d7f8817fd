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
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends emails over SMTP, one at a time on its own thread. A temporary failure is retried a few times after growing
 * delays, while other emails go out. The queue is bounded. The log names failures, never recipients or contents.
 * Thread-safe.
 */
public final class SmtpMailSender implements MailSender {
    /** The standard delays before each retry, counted from the failure before. */
    public static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(2));

    private static final int MAX_QUEUED = 1_000;
    private static final int STOP_TIMEOUT_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(SmtpMailSender.class);

    private final SmtpSettings settings;
    private final Clock clock;
    private final List<Duration> retryDelays;
    private final Session session;
    private final Semaphore queueSlots = new Semaphore(MAX_QUEUED);
    private final ScheduledThreadPoolExecutor executor;

    /** Does not connect to the server until there is an email to send. */
    public SmtpMailSender(SmtpSettings settings, Clock clock, List<Duration> retryDelays) {
        this.settings = settings;
        this.clock = clock;
        this.retryDelays = List.copyOf(retryDelays);
        this.session = Session.getInstance(settings.properties());
        this.executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "klatsch-mail");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void send(Email email) {
        if (!queueSlots.tryAcquire()) {
            log.warn("An email was dropped: {} are queued already", MAX_QUEUED);
        } else {
            attempt(email, 0, Duration.ZERO);
        }
    }

    /** Sends queued emails for up to two seconds. Emails that wait for a retry are dropped. */
    @Override
    public void close() {
        if (executor.getQueue().removeIf(attempt -> ((Delayed) attempt).getDelay(TimeUnit.NANOSECONDS) > 0)) {
            log.warn("Emails that were waiting for a retry were dropped");
        }
        executor.shutdown();
        if (!finished()) {
            log.warn("{} emails were not sent in time", executor.shutdownNow().size());
            finished();
        }
    }

    private boolean finished() {
        try {
            return executor.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void attempt(Email email, int failures, Duration delay) {
        try {
            executor.schedule(() -> deliver(email, failures), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.warn("An email was dropped because the chat is stopping");
            queueSlots.release();
        }
    }

    private void deliver(Email email, int failures) {
        try {
            transmit(message(email));
            queueSlots.release();
        } catch (MessagingException | RuntimeException e) {
            SmtpFailure failure = SmtpFailure.of(e);
            if (failure.isPermanent() || failures == retryDelays.size()) {
                log.warn("An email could not be sent: {}", failure.reason());
                queueSlots.release();
            } else {
                log.info("An email could not be sent and will be retried: {}", failure.reason());
                attempt(email, failures + 1, retryDelays.get(failures));
            }
        }
    }

    private MimeMessage message(Email email) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from().value(), true));
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(email.to().value(), true));
        message.setSubject(email.subject(), StandardCharsets.UTF_8.name());
        message.setText(email.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // Suppresses automatic replies.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    private void transmit(MimeMessage message) throws MessagingException {
        try (Transport transport = session.getTransport("smtp")) {
            connect(transport, settings);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static void connect(Transport transport, SmtpSettings settings) throws MessagingException {
        transport.connect(
                settings.login().map(SmtpSettings.Login::user).orElse(null),
                settings.login().map(SmtpSettings.Login::password).orElse(null));
    }

    /** Connects and signs in without sending anything. Returns why that fails, if it does. */
    public static Optional<String> failure(SmtpSettings settings) {
        try (Transport transport = Session.getInstance(settings.properties()).getTransport("smtp")) {
            connect(transport, settings);
            return Optional.empty();
        } catch (MessagingException | RuntimeException e) {
            return Optional.of(SmtpFailure.of(e).reason());
        }
    }
}
