package chat.klatsch.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one check has found.
 *
 * @param advice what to do about it; empty if all is well
 */
record Finding(Level level, String subject, String text, String advice) {
    enum Level {
        OK,
        WARNING,
        ERROR
    }

    private static final String FORMAT = "  %-8s %-12s ";
    private static final int INDENT = 24;
    private static final int WIDTH = 79 - INDENT;

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding warning(String subject, String text, String advice) {
        return new Finding(Level.WARNING, subject, text, advice);
    }

    static Finding error(String subject, String text, String advice) {
        return new Finding(Level.ERROR, subject, text, advice);
    }

    /** Describes a failure in one line without a password. */
    static Finding failure(String subject, String text, Throwable failure, String advice) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String line = reason.lines().findFirst().orElse(reason).replaceAll("(?i)(password=)[^&;\\s]*", "$1...");
        return error(subject, text + ": " + line, advice);
    }

    /** Returns the lines of a table of 79 columns. */
    String lines() {
        List<String> lines = new ArrayList<>(wrapped(text));
        if (!advice.isEmpty()) {
            lines.addAll(wrapped("Do: " + advice));
        }
        String first = String.format(Locale.ROOT, FORMAT, level.name().toLowerCase(Locale.ROOT), subject);
        return first + String.join("\n" + " ".repeat(INDENT), lines) + "\n";
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            String rest = word;
            if (line.length() > 0 && line.length() + 1 + rest.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            for (; rest.length() > WIDTH; rest = rest.substring(WIDTH)) {
                lines.add(rest.substring(0, WIDTH));
            }
            line.append(line.length() > 0 ? " " : "").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
