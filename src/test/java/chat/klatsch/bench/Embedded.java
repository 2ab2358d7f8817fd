package chat.klatsch.bench;

import chat.klatsch.ChatServer;
import chat.klatsch.HostUser;
import chat.klatsch.KlatschPlugin;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures how long starting and closing takes in a JVM that runs already, alone and mounted in an app. */
final class Embedded implements Scenario {
    private static final int TIMES = 21;

    @Override
    public void run(Lab lab) throws Exception {
        lab.report()
                .section(
                        "embedded",
                        "Starting and closing the chat within one JVM, with an existing database and without users: the median of %d, after as many that are not counted."
                                .formatted(TIMES));
        List<List<String>> rows = new ArrayList<>();
        var directory = Target.fresh(lab.scratch());
        rows.add(row("alone", () -> {
            ChatServer chat = ChatServer.start(config -> config.port(0).dataDirectory(directory));
            return chat::close;
        }));
        rows.add(row("mounted, with its app", () -> {
            Javalin app = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.startup.startupWatcherEnabled = false;
                config.registerPlugin(new KlatschPlugin(chat -> chat.path("/chat")
                        .dataDirectory(directory)
                        .drain(Duration.ZERO)
                        .users(request -> Optional.of(new HostUser("17", "anna", "Anna")), "/login")));
            });
            app.start(0);
            return app::stop;
        }));
        lab.report().table(List.of("", "start, ms", "close, ms"), rows);
    }

    /** @param start returns what closes it */
    private static List<String> row(String name, Supplier<Runnable> start) {
        List<Double> starts = new ArrayList<>();
        List<Double> closes = new ArrayList<>();
        for (int i = 0; i < 2 * TIMES; i++) {
            long begin = System.nanoTime();
            Runnable close = start.get();
            long started = System.nanoTime();
            close.run();
            long closed = System.nanoTime();
            if (i >= TIMES) {
                starts.add((started - begin) / 1e6);
                closes.add((closed - started) / 1e6);
            }
        }
        return List.of(name, median(starts), median(closes));
    }

    private static String median(List<Double> times) {
        return Report.number(times.stream().sorted().toList().get(TIMES / 2));
    }
}
