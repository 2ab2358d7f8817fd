package chat.klatsch.bench;

import chat.klatsch.ChatConfig;
import chat.klatsch.ChatServer;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.Postgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Measures the durable messages a second without readers. */
final class Writes implements Scenario {
    private static final int POSTERS = 100;
    private static final int ROOMS = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    @Override
    public void run(Lab lab) throws Exception {
        lab.report()
                .section(
                        "writes",
                        "%d users post through `ChatServer.rooms()` in this program's own JVM, each the next message when the previous one is durable."
                                .formatted(POSTERS));
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("H2", lab, config -> config.dataDirectory(Target.fresh(lab.scratch()))));
        Postgres postgres = Postgres.started();
        try {
            String database = postgres.fresh();
            rows.add(row("PostgreSQL", lab, config -> config.databaseUrl(database)));
        } finally {
            postgres.end();
        }
        lab.report().table(List.of("messages/s", "one room", ROOMS + " rooms"), rows);
    }

    private static List<String> row(String label, Lab lab, Consumer<ChatConfig> database) throws Exception {
        try (ChatServer chat =
                ChatServer.start(database.andThen(config -> config.port(0).passwordMemory(1)))) {
            List<RoomId> rooms = new SignedUpUsers(chat.port(), POSTERS)
                    .rooms(POSTERS / ROOMS).stream().map(RoomId::new).toList();
            return List.of(
                    label,
                    Report.number(perSecond(chat, List.of(RoomId.LOBBY), lab.time())),
                    Report.number(perSecond(chat, rooms, lab.time())));
        }
    }

    private static double perSecond(ChatServer chat, List<RoomId> rooms, Duration time) throws Exception {
        AtomicLong stored = new AtomicLong();
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(POSTERS);
        List<Future<?>> posters = new ArrayList<>();
        for (int i = 0; i < POSTERS; i++) {
            String user = "person" + i;
            RoomId room = rooms.get(i % rooms.size());
            posters.add(threads.submit(() -> {
                while (end.getCount() > 0) {
                    chat.messages().post(room, Author.person(user), "A message without readers.");
                    stored.incrementAndGet();
                }
            }));
        }
        Thread.sleep(WARM_UP.toMillis());
        long before = stored.get();
        Thread.sleep(time.toMillis());
        long after = stored.get();
        end.countDown();
        threads.shutdown();
        for (Future<?> poster : posters) {
            poster.get();
        }
        return (after - before) * 1e3 / time.toMillis();
    }
}
