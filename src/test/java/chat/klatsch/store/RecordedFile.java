package chat.klatsch.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.h2.store.fs.FilePath;

/**
 * Records every change that H2 makes to a database file, and every acknowledgement, in one order, and recreates the file
 * as a crash at any moment would leave it. Only one can exist at a time, because H2 creates its files itself. Thread-safe.
 */
final class RecordedFile implements AutoCloseable {
    static final String SCHEME = "recorded";

    sealed interface Event {}

    record Written(long position, byte[] bytes) implements Event {}

    record Truncated(long size) implements Event {}

    /** @param moment when H2 asked to force the file: everything before it is on the disk */
    record Forced(int moment) implements Event {}

    record Acknowledged(String message) implements Event {}

    /** The file that a crash leaves, and the messages acknowledged before it. */
    record Image(Path file, Set<String> acknowledged) {}

    private static final List<Event> EVENTS = new ArrayList<>();

    private final Path directory;

    RecordedFile(Path directory) {
        this.directory = directory;
        synchronized (EVENTS) {
            EVENTS.clear();
        }
        FilePath.register(new RecordedPath());
    }

    String url() {
        return "jdbc:h2:" + SCHEME + ":" + directory.resolve("test");
    }

    void acknowledge(String message) {
        record(new Acknowledged(message));
    }

    /** Returns the number of events so far. */
    static int moments() {
        synchronized (EVENTS) {
            return EVENTS.size();
        }
    }

    /** Returns the moments from the given one on that precede a change to the file. */
    List<Integer> momentsBeforeChanges(int since) {
        synchronized (EVENTS) {
            return IntStream.range(since, EVENTS.size())
                    .filter(moment -> !(EVENTS.get(moment) instanceof Acknowledged))
                    .boxed()
                    .toList();
        }
    }

    /** Returns what is left if the process is killed at this moment. */
    Image afterKill(int moment) {
        return image(moment, moment);
    }

    /** Returns what is left if the power fails at this moment: only what was forced to the disk. */
    Image afterPowerCut(int moment) {
        synchronized (EVENTS) {
            return image(
                    moment,
                    IntStream.range(0, moment)
                            .mapToObj(EVENTS::get)
                            .mapToInt(event -> event instanceof Forced forced ? forced.moment() : 0)
                            .max()
                            .orElse(0));
        }
    }

    private Image image(int moment, int kept) {
        Path file = directory.resolve("image.mv.db");
        Set<String> acknowledged = new HashSet<>();
        synchronized (EVENTS) {
            try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
                for (int i = 0; i < moment; i++) {
                    Event event = EVENTS.get(i);
                    if (event instanceof Acknowledged acknowledgement) {
                        acknowledged.add(acknowledgement.message());
                    } else if (i < kept && event instanceof Written written) {
                        channel.write(ByteBuffer.wrap(written.bytes()), written.position());
                    } else if (i < kept && event instanceof Truncated truncated) {
                        channel.truncate(truncated.size());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Image(file, acknowledged);
    }

    @Override
    public void close() {
        FilePath.unregister(FilePath.get(SCHEME + ":"));
    }

    static void record(Event event) {
        synchronized (EVENTS) {
            EVENTS.add(event);
        }
    }
}
