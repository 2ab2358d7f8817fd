package chat.klatsch.store;

/** A unique value is there already. As all failures of the database, without the values of the statement. */
public final class Duplicate extends RuntimeException {
    private static final long serialVersionUID = 1;

    Duplicate(String reason) {
        super("A unique value is there already: " + reason);
    }
}
