package chat.klatsch;

import static org.awaitility.Awaitility.await;

import chat.klatsch.fixture.ChatClient;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
        Set<Thread> threads = threads();
        long descriptors = descriptors();
        long heap = heap();
        for (int i = 0; i < STARTS; i++) {
            startAndClose();
        }
        say(STARTS + " closed");
        await().until(() -> threads.containsAll(threads()));
        say("threads left: "
                + threads().stream().filter(thread -> !threads.contains(thread)).toList());
        say("descriptors left: " + Math.max(0, descriptors() - descriptors));
        // A start that left 40 KB would show.
        say("heap left: " + Math.max(0, (heap() - heap) / (2 * MEGABYTE)));

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

    private static void startAndClose() throws IOException {
        int port;
        try (ChatServer chat = ChatServer.start(config -> config.port(0))) {
            port = chat.port();
        }
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
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
