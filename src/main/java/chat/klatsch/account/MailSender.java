package chat.klatsch.account;

/** The way by which letters leave the chat. Thread-safe. */
public interface MailSender extends AutoCloseable {
    /** Takes the letter and returns at once. Whether it arrives nobody is told. */
    void send(Email letter);

    /** Gives letters that wait a moment to leave. */
    @Override
    void close();
}
