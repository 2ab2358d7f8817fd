package chat.klatsch.account;

/** Sends emails. Thread-safe. */
public interface MailSender extends AutoCloseable {
    /** Queues the email and returns immediately. Delivery is not reported. */
    void send(Email email);

    /** Sends what is queued, within a short time limit. */
    @Override
    void close();
}
