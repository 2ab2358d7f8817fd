package chat.klatsch;

/** Says in one line, for people, why a chat could not start. */
final class StartFailure {
    private StartFailure() {}

    /** The failure of {@code what}, such as "open the database", with the first line of its root cause. */
    static IllegalStateException of(String what, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String reason = message.lines().findFirst().orElse(message);
        return new IllegalStateException("cannot " + what + ": " + reason, failure);
    }
}
