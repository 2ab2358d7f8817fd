package chat.klatsch;

import io.javalin.util.JavalinException;
import java.sql.SQLException;

/** Describes in one line, without passwords, why a chat could not start. */
final class StartupFailure {
    private StartupFailure() {}

    /** Describes a failed action, such as "open the database", by the first line of its root cause. */
    static IllegalStateException of(String action, Throwable failure) {
        Throwable root = failure;
        String database = "";
        for (; root.getCause() != null; root = root.getCause()) {
            if (root instanceof SQLException) {
                database = firstLine(root) + " ";
            }
        }
        // The cause of an SQLException is often too terse to be understood alone.
        String reason = database.isEmpty()
                ? firstLine(root)
                : database + "(" + root.toString().lines().findFirst().orElse("") + ")";
        return new IllegalStateException("cannot " + action + ": " + withoutPassword(reason), failure);
    }

    /** Describes a failure of the web server; returns any other as it is. */
    static RuntimeException ofWeb(RuntimeException failure, String host, int port) {
        return failure instanceof JavalinException ? of("listen on " + host + ":" + port, failure) : failure;
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static String withoutPassword(String text) {
        return text.replaceAll("(?i)(password=)[^&;\\s]*", "$1…");
    }
}
