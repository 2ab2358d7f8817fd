package chat.klatsch;

import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.RawHttp;
import com.sun.management.UnixOperatingSystemMXBean;
import io.javalin.Javalin;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A program that embeds the chat, without any library that it could do without, and says what it finds. */
final class GuestHost {
    private static final int STARTS = 50;
    private static final long MEGABYTE = 1 << 20;

    private GuestHost() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        sayRefusal(config -> config.redisUrl(URI.create("redis://127.0.0.1")));
        sayRefusal(config -> config.smtpUrl(URI.create("smtp://127.0.0.1?from=chat@example.org")));
        sayRefusal(config -> config.databaseUrl("jdbc:postgresql://127.0.0.1/klatsch"));

        // The first start loads classes, and the client has threads of its own.
        use();
        use();
        repeat("alone", () -> {
            try (ChatServer chat = ChatServer.start(config -> config.port(0))) {
                return chat.port();
            }
        });
        mounted();
        repeat("mounted", GuestHost::mounted);

        ChatServer chat = ChatServer.start(config -> config.port(0));
        say("shutdown hooks: " + shutdownHooks());
        say("the path is " + URI.create(chat.url()).getPath());
        say(chat.health().name());
    }

    private static void use() {
        try (ChatServer chat = ChatServer.start(config -> config.port(0));
                ChatClient alice = ChatClient.join(chat, "alice" + System.nanoTime() % 1_000_000)) {
            alice.posts("hello");
        }
    }

    /** Starts an app with the chat, has somebody use it, and stops it. Returns the port. */
    private static int mounted() {
        Javalin app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            // Javalin's watcher keeps an app for five seconds.
            config.startup.startupWatcherEnabled = false;
            config.registerPlugin(new KlatschPlugin(chat -> chat.path("/chat")
                    .drain(Duration.ZERO)
                    .users(request -> Optional.of(new HostUser("17", "anna", "Anna")), "/login")));
        });
        app.start(0);
        try {
            if (RawHttp.request(app.port(), "GET /chat/rooms/lobby HTTP/1.1").status() != 200) {
                throw new IllegalStateException("the mounted chat does not answer");
            }
            return app.port();
        } finally {
            app.stop();
        }
    }

    /** Says what many starts, each of which returns its port, leave behind. */
    private static void repeat(String kind, Supplier<Integer> startAndClose) throws IOException {
        Set<Thread> threads = threads();
        long descriptors = descriptors();
        long heap = heap();
        for (int i = 0; i < STARTS; i++) {
            new ServerSocket(startAndClose.get(), 1, InetAddress.getLoopbackAddress()).close();
        }
        say(STARTS + " closed, " + kind);
        await().until(() -> threads.containsAll(threads()));
        await().until(() -> descriptors() <= descriptors);
        // A start that left 40 KB would show.
        say("heap left, " + kind + ": " + Math.max(0, (heap() - heap) / (2 * MEGABYTE)));
    }

    private static void sayRefusal(Consumer<ChatConfig> setting) {
        try {
            ChatServer.start(setting).close();
        } catch (IllegalArgumentException e) {
            say(e.getMessage());
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> !thread.getName().matches("(awaitility|HttpClient|ForkJoinPool).*"))
                .collect(Collectors.toSet());
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Without those of the JDK, H2 and Password4j, which nobody can keep from adding one. */
    private static List<Object> shutdownHooks() throws ReflectiveOperationException {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        return ((Map<?, ?>) hooks.get(null))
                .keySet().stream()
                        .filter(hook -> !hook.getClass().getName().matches("org\\.h2\\..*|java\\.util\\.logging\\..*"))
                        .filter(hook -> !((Thread) hook).getName().equals("password4j-shutdownhook"))
                        .collect(Collectors.toList());
    }

    private static void say(String text) {
        System.out.println("host: " + text);
    }
}
