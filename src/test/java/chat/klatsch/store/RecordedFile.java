package chat.klatsch.store;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.h2.store.fs.FilePath;

/**
 * Records every change that H2 makes to a database file, and every acknowledgement, in one order, and recreates the file
 * as a crash at any moment would leave it. Only one can exist at a time, because H2 creates its files itself. Thread-safe.
 */
final class RecordedFile implements AutoCloseable {
    static final String SCHEME = "recorded";

    private static final int PAGE = 4096;

    /** The bytes that a disk writes as a whole. */
    private static final int SECTOR = 512;

    /** The shares of unforced pages that reach the disk, of which each crash has one. */
    private static final double[] SHARES = {0, 0.2, 0.5, 0.8, 0.95, 1};

    sealed interface Event {}

    record Written(long position, byte[] bytes) implements Event {}

    record Truncated(long size) implements Event {}

    /** @param moment when H2 asked to force the file: everything before it is on the disk */
    record Forced(int moment) implements Event {}

    record Acknowledged(String message) implements Event {}

    /** The file that a crash leaves, and what was acknowledged before it. */
    record Image(int moment, String url, List<String> acknowledged) {}

    private static final List<Event> EVENTS = new ArrayList<>();
    private static boolean recording;

    private final Path directory;

    RecordedFile(Path directory) {
        this.directory = directory;
        synchronized (EVENTS) {
            EVENTS.clear();
            recording = true;
        }
    }

    String url() {
        return url(directory.resolve("test"));
    }

    /** Returns the URL of a database whose file is never forced to the real disk. */
    static String url(Path path) {
        FilePath.register(new RecordedPath());
        return "jdbc:h2:" + SCHEME + ":" + path;
    }

    /** Records no more, and returns the number of events. */
    static int stop() {
        synchronized (EVENTS) {
            recording = false;
            return EVENTS.size();
        }
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

    /** Returns at most so many of the moments before the file is forced, when most of it is uncertain. */
    static List<Integer> chooseMoments(int since, int until, int count, Random random) {
        List<Integer> moments = new ArrayList<>(IntStream.range(since, until)
                .filter(moment -> EVENTS.get(moment) instanceof Forced)
                .boxed()
                .toList());
        Collections.shuffle(moments, random);
        return moments.stream().limit(count).sorted().toList();
    }

    /** Recreates what is left if the process is killed at each of these ascending moments: everything that was written. */
    void killAt(List<Integer> moments, Consumer<Image> check) {
        crashAt(moments, new Random(), moment -> moment, check);
    }

    /**
     * Recreates what may be left if the power fails at each of these ascending moments: everything that was forced to the
     * disk, and any part of the rest.
     */
    void cutPowerAt(List<Integer> moments, Random random, Consumer<Image> check) {
        crashAt(moments, random, RecordedFile::forcedUntil, check);
    }

    private static int forcedUntil(int moment) {
        return EVENTS.subList(0, moment).stream()
                .mapToInt(event -> event instanceof Forced forced ? forced.moment() : 0)
                .max()
                .orElse(0);
    }

    private void crashAt(List<Integer> moments, Random random, IntUnaryOperator kept, Consumer<Image> check) {
        Path disk = directory.resolve("disk");
        Path file = directory.resolve("image.mv.db");
        List<String> acknowledged = new ArrayList<>();
        int onDisk = 0;
        int seen = 0;
        try (FileChannel channel = FileChannel.open(disk, CREATE, WRITE, TRUNCATE_EXISTING)) {
            for (int moment : moments) {
                int end = kept.applyAsInt(moment);
                for (; onDisk < end; onDisk++) {
                    apply(EVENTS.get(onDisk), channel, 1, random);
                }
                for (; seen < moment; seen++) {
                    if (EVENTS.get(seen) instanceof Acknowledged acknowledgement) {
                        acknowledged.add(acknowledgement.message());
                    }
                }
                Files.copy(disk, file, REPLACE_EXISTING);
                try (FileChannel image = FileChannel.open(file, WRITE)) {
                    double share = SHARES[random.nextInt(SHARES.length)];
                    boolean wholeWrites = random.nextInt(4) == 0;
                    for (Event event : EVENTS.subList(onDisk, moment)) {
                        double part = !wholeWrites ? share : random.nextDouble() < share ? 1 : 0;
                        apply(event, image, part, random);
                    }
                }
                check.accept(new Image(moment, url(directory.resolve("image")), List.copyOf(acknowledged)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carries out an event, or about the given share of it. */
    private static void apply(Event event, FileChannel channel, double share, Random random) throws IOException {
        if (event instanceof Truncated truncated && random.nextDouble() < share) {
            channel.truncate(truncated.size());
        } else if (event instanceof Written written && share == 1) {
            channel.write(ByteBuffer.wrap(written.bytes()), written.position());
        } else if (event instanceof Written written) {
            writePart(channel, written, share, random);
        }
    }

    /** Writes about the given share of the pages. One in four is torn between two sectors. */
    private static void writePart(FileChannel channel, Written written, double share, Random random)
            throws IOException {
        long end = written.position() + written.bytes().length;
        for (long start = written.position(); start < end; ) {
            long next = Math.min((start / PAGE + 1) * PAGE, end);
            long tear = Math.min(next, (start / SECTOR + 1 + random.nextInt(PAGE / SECTOR)) * SECTOR);
            boolean torn = random.nextInt(4) == 0;
            boolean beginning = random.nextBoolean();
            if (random.nextDouble() < share) {
                long from = torn && !beginning ? tear : start;
                long to = torn && beginning ? tear : next;
                int offset = (int) (from - written.position());
                channel.write(ByteBuffer.wrap(written.bytes(), offset, (int) (to - from)), from);
            }
            start = next;
        }
    }

    @Override
    public void close() {
        FilePath.unregister(FilePath.get(SCHEME + ":"));
    }

    static void record(Event event) {
        synchronized (EVENTS) {
            if (recording) {
                EVENTS.add(event);
            }
        }
    }
}
