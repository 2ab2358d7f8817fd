package chat.klatsch;

import chat.klatsch.account.MailSender;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.image.ImageIoAvatarProcessor;
import chat.klatsch.mail.LogMailSender;
import chat.klatsch.mail.SmtpMailSender;
import chat.klatsch.metrics.Metrics;
import chat.klatsch.password.Argon2PasswordHasher;
import chat.klatsch.redis.RedisEventBus;
import chat.klatsch.thread.WorkerThreads;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads and connections that a chat holds open beside its web server. Thread-safe. */
record OpenResources(
        Metrics metrics,
        Storage storage,
        WorkerThreads threads,
        EventBus bus,
        MailSender mail,
        Argon2PasswordHasher passwords,
        ImageIoAvatarProcessor images)
        implements AutoCloseable {
    /** @throws IllegalStateException if the database cannot be opened; the message is one line for the operator */
    static OpenResources open(ChatConfig config, Metrics metrics, Clock clock) {
        Deque<AutoCloseable> open = new ArrayDeque<>(List.of(metrics));
        try {
            Storage storage = add(open, Storage.open(config, metrics.registry()));
            WorkerThreads threads = add(open, WorkerThreads.start(config.executor));
            EventBus bus = config.redisUrl
                    .<EventBus>map(url ->
                            new RedisEventBus(url, config.redisPrefix, config.redisHeartbeat, metrics.registry()))
                    .orElseGet(LocalEventBus::new);
            open.push(bus);
            MailSender mail = config.smtp
                    .<MailSender>map(smtp -> new SmtpMailSender(smtp, clock, SmtpMailSender.RETRY_DELAYS))
                    .orElseGet(LogMailSender::new);
            open.push(mail);
            Argon2PasswordHasher passwords = add(open, new Argon2PasswordHasher(config.passwordMemory));
            return new OpenResources(metrics, storage, threads, bus, mail, passwords, new ImageIoAvatarProcessor());
        } catch (Throwable e) {
            close(e, open.toArray(AutoCloseable[]::new));
            throw e;
        }
    }

    private static <T extends AutoCloseable> T add(Deque<AutoCloseable> open, T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes what is open of these after a failure, one after the other. */
    static void close(Throwable failure, @Nullable AutoCloseable... open) {
        for (AutoCloseable resource : open) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (Throwable e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Finishes what is in progress before it closes what that needs. */
    @Override
    public void close() {
        passwords.close();
        threads.close();
        images.close();
        mail.close();
        bus.close();
        storage.close();
        metrics.close();
    }
}
