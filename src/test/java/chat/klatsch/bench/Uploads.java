package chat.klatsch.bench;

import chat.klatsch.fixture.HostileImages;
import chat.klatsch.fixture.HostileJpegs;
import chat.klatsch.fixture.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Measures what a hostile avatar costs, and how long others' posts take while several users upload it. */
final class Uploads implements Scenario {
    private record Picture(String name, Supplier<byte[]> file) {}

    private static final List<Picture> PICTURES = List.of(
            new Picture("PNG of 64 pixels", () -> HostileImages.png(8, 8, 8, 2, 24, false)),
            new Picture("JPEG of 40 megapixels with 2,010 scans", () -> HostileJpegs.progressive(8_000, 5_000, 2_010)),
            new Picture("WebP with 65,536 groups of prefix codes", HostileImages::webpWithManyPrefixCodes),
            new Picture("progressive JPEG of 40 megapixels", () -> HostileJpegs.progressive(8_000, 5_000, 3)),
            new Picture(
                    "progressive JPEG of 4 megapixels with 24 scans", () -> HostileJpegs.progressive(2_048, 2_048, 24)),
            new Picture("JPEG of 40 megapixels", () -> HostileJpegs.baseline(8_000, 5_000)),
            new Picture("PNG of 40 megapixels of 64 bits", () -> HostileImages.png(8_000, 5_000, 16, 6, 64, false)),
            new Picture("GIF of 40 megapixels", () -> HostileImages.gif(8_000, 5_000)));

    private static final int UPLOADERS = 8;

    /** Each user may upload ten a minute. */
    private static final int USERS = 160;

    private static final int POSTERS = 4;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public void run(Lab lab) throws Exception {
        lab.report()
                .section(
                        "uploads",
                        "One upload of an avatar with `-Xmx256m`, then %d at a time, with a pause of %3$d ms after each answer, while %d users post every %d ms."
                                .formatted(UPLOADERS, POSTERS, PAUSE.toMillis()));
        List<List<String>> rows = new ArrayList<>();
        for (Picture picture : PICTURES) {
            rows.add(row(picture, lab));
        }
        lab.report()
                .table(
                        List.of(
                                "",
                                "KB",
                                "answer",
                                "s",
                                "more resident MB",
                                "answers to all",
                                "p99 ms of posts without uploads",
                                "p50 with them",
                                "p99",
                                "max"),
                        rows);
    }

    private List<String> row(Picture picture, Lab lab) throws Exception {
        byte[] form = Upload.form("me.png", picture.file().get());
        byte[] small = Upload.form("me.png", HostileImages.png(8, 8, 8, 2, 24, false));
        try (Target server = Target.klatsch(lab.scratch(), List.of("-Xmx256m"))) {
            SignedUpUsers users = new SignedUpUsers(server.port(), USERS);
            upload(server, users.cookie(0), small);
            posts(server, users, lab.time());
            Histogram quiet = posts(server, users, lab.time());
            double before = server.resident();
            double most = before;
            long begin = System.nanoTime();
            CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> upload(server, users.cookie(1), form));
            while (!one.isDone()) {
                most = Math.max(most, server.resident());
                LockSupport.parkNanos(1_000_000);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Map<Integer, AtomicInteger> answers = new TreeMap<>();
            Histogram latency = postsDuringUploads(server, users, form, answers, lab.time());
            return List.of(
                    picture.name(),
                    Report.number(form.length / 1e3),
                    one.join().toString(),
                    Report.number(seconds),
                    Report.number((most - before) / 1e6),
                    answers.toString(),
                    Report.number(quiet.getValueAtPercentile(99) / 1e3),
                    Report.number(latency.getValueAtPercentile(50) / 1e3),
                    Report.number(latency.getValueAtPercentile(99) / 1e3),
                    Report.number(latency.getMaxValue() / 1e3));
        }
    }

    private Histogram postsDuringUploads(
            Target server, SignedUpUsers users, byte[] form, Map<Integer, AtomicInteger> answers, Duration time)
            throws Exception {
        long end = System.nanoTime() + time.toNanos();
        AtomicInteger user = new AtomicInteger(2);
        ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS);
        for (int i = 0; i < UPLOADERS; i++) {
            uploaders.execute(() -> {
                while (System.nanoTime() < end) {
                    int status = upload(server, users.cookie(user.getAndIncrement() % (USERS - POSTERS)), form);
                    synchronized (answers) {
                        answers.computeIfAbsent(status, key -> new AtomicInteger())
                                .incrementAndGet();
                    }
                }
            });
        }
        uploaders.shutdown();
        Histogram latency = posts(server, users, time);
        uploaders.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        return latency;
    }

    /** Posts at fixed times and records how many microseconds after them the posts are acknowledged. */
    private Histogram posts(Target server, SignedUpUsers users, Duration time) throws Exception {
        Histogram latency = new ConcurrentHistogram(3);
        ExecutorService posters = Executors.newFixedThreadPool(POSTERS);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 1; i <= POSTERS; i++) {
            String cookie = users.cookie(USERS - i);
            ends.add(posters.submit(() -> {
                long begin = System.nanoTime();
                for (long due = begin; due < begin + time.toNanos(); due += PAUSE.toNanos()) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    BodyPublisher message = BodyPublishers.ofString("body=Hello&key=" + cookie.hashCode() + due);
                    send(server, "rooms/lobby/messages", cookie, "application/x-www-form-urlencoded", message);
                    latency.recordValue((System.nanoTime() - due) / 1_000);
                }
            }));
        }
        posters.shutdown();
        for (Future<?> posted : ends) {
            posted.get();
        }
        return latency;
    }

    private int upload(Target server, String cookie, byte[] form) {
        return send(server, "settings/avatar", cookie, Upload.TYPE, BodyPublishers.ofByteArray(form));
    }

    /** Returns the status of the answer, or 0 without one. */
    private int send(Target server, String path, String cookie, String type, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + path))
                .timeout(TIMEOUT)
                .header("Content-Type", type)
                .header("Cookie", cookie)
                .POST(body)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
