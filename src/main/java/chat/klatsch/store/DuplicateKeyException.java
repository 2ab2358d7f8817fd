package chat.klatsch.store;

/** A unique value is there already. As all failures of the database, without the values of the statement. */
public final class DuplicateKeyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DuplicateKeyException(String reason) {
        super("A unique value is there already: " + reason);
    }
}
