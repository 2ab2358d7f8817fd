package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was found, in Markdown: on the screen as it comes, and in a file. */
final class Report {
    private final Path file;
    private final StringBuilder text = new StringBuilder();

    Report(Path file) {
        this.file = file;
    }

    void section(String title, String words) {
        add("\n## %s\n\n%s\n".formatted(title, words));
    }

    void table(List<String> columns, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("\n");
        table.append(line(columns));
        table.append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(row -> table.append(line(row)));
        add(table.toString());
    }

    void say(String words) {
        add(words + "\n");
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private void add(String more) {
        System.out.print(more);
        text.append(more);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number with three digits or more. What is none is something that only Linux says. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "on Linux only";
        }
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** A figure, and how many times the yardstick's that is. */
    static String figure(double value, Optional<Double> yardstick) {
        return number(value)
                + yardstick.map(other -> " (×" + number(value / other) + ")").orElse("");
    }
}
