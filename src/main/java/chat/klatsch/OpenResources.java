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
        Storage storage = Storage.open(config, metrics.registry());
        WorkerThreads threads;
        try {
            threads = WorkerThreads.start(config.executor);
        } catch (IllegalArgumentException unusable) {
            storage.close();
            throw unusable;
        }
        return new OpenResources(
                metrics,
                storage,
                threads,
                config.redisUrl
                        .<EventBus>map(url ->
                                new RedisEventBus(url, config.redisPrefix, config.redisHeartbeat, metrics.registry()))
                        .orElseGet(LocalEventBus::new),
                config.smtp
                        .<MailSender>map(smtp -> new SmtpMailSender(smtp, clock, SmtpMailSender.RETRY_DELAYS))
                        .orElseGet(LogMailSender::new),
                new Argon2PasswordHasher(config.passwordMemory),
                new ImageIoAvatarProcessor());
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
