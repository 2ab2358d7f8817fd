package chat.klatsch.store;

/** Thrown when a unique value already exists. Its message contains no values of the statement. */
public final class DuplicateKeyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DuplicateKeyException(String reason) {
        super("A unique value already exists: " + reason);
    }
}
