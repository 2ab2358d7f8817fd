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
 * The file of an embedded database, with everything that H2 does to it and every acknowledgement in one order, so that a test
 * can have the file of any moment. One at a time: H2 makes its files itself. Thread-safe.
 */
final class RecordedFile implements AutoCloseable {
    static final String SCHEME = "recorded";

    sealed interface Event {}

    record Written(long position, byte[] bytes) implements Event {}

    record Truncated(long size) implements Event {}

    /** @param moment before which everything is on the disk: when H2 asked for it, not when it was done */
    record Forced(int moment) implements Event {}

    record Acknowledged(String message) implements Event {}

    /** What a crash at one moment leaves, and what had been acknowledged by then. */
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

    /** How much has happened so far. */
    static int moments() {
        synchronized (EVENTS) {
            return EVENTS.size();
        }
    }

    /** The moments since one at which something is about to happen to the file. */
    List<Integer> momentsBeforeChanges(int since) {
        synchronized (EVENTS) {
            return IntStream.range(since, EVENTS.size())
                    .filter(moment -> !(EVENTS.get(moment) instanceof Acknowledged))
                    .boxed()
                    .toList();
        }
    }

    /** What is left when the process is killed at this moment. */
    Image afterKill(int moment) {
        return image(moment, moment);
    }

    /** What is left when the power fails at this moment: nothing that has not been forced to the disk. */
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
