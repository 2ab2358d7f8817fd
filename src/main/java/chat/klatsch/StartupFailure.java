package chat.klatsch;

import java.sql.SQLException;

/** Says in one line, for people, why a chat could not start; never with a password. */
final class StartupFailure {
    private StartupFailure() {}

    /** The failure of {@code what}, such as "open the database", with the first line of what lies at its root. */
    static IllegalStateException of(String what, Throwable failure) {
        Throwable root = failure;
        String database = "";
        for (; root.getCause() != null; root = root.getCause()) {
            if (root instanceof SQLException) {
                database = firstLine(root) + " ";
            }
        }
        // Below what a database's driver says, there is often only half a sentence.
        String reason = database.isEmpty()
                ? firstLine(root)
                : database + "(" + root.toString().lines().findFirst().orElse("") + ")";
        return new IllegalStateException("cannot " + what + ": " + withoutPassword(reason), failure);
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static String withoutPassword(String text) {
        return text.replaceAll("(?i)(password=)[^&;\\s]*", "$1…");
    }
}
