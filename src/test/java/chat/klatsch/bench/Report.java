package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the results as Markdown, to the console and to a file. */
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

    /** Formats a number with at least three digits. NaN stands for figures that are available on Linux only. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "on Linux only";
        }
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** Formats a figure and its ratio to the baseline's. */
    static String figure(double value, Optional<Double> baseline) {
        return number(value)
                + baseline.map(other -> " (×" + number(value / other) + ")").orElse("");
    }
}
