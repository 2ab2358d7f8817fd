package chat.klatsch.store.backup;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints how far a command is, once a second at most. Confined to one thread. */
public final class ProgressLines implements Progress {
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final PrintStream out;
    private final String verb;
    private final long start = System.nanoTime();
    private long printed = start;
    private long rows;
    private long total;

    public ProgressLines(PrintStream out, String verb) {
        this.out = out;
        this.verb = verb;
    }

    @Override
    public void moved(long newRows, long newTotal) {
        rows = newRows;
        total = newTotal;
        long now = System.nanoTime();
        if (now - printed >= INTERVAL) {
            printed = now;
            print("of " + count(total) + " rows");
        }
    }

    /** Prints how much it was, and how long it took. */
    public void done() {
        print("rows in " + count(Duration.ofNanos(System.nanoTime() - start).toSeconds()) + " s");
    }

    private void print(String rest) {
        out.println("klatsch: " + verb + " " + count(rows) + " " + rest);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
