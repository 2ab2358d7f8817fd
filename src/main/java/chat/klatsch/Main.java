package chat.klatsch;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The command line: {@code java -jar klatsch.jar [--port=8080 …]}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String[] arguments) {
        // Libraries format in the default locale, the logger its dates; this process has no other use of it.
        Locale.setDefault(Locale.ROOT);
        List<String> options = List.of(arguments);
        System.setProperty("klatsch.log", Settings.isLogJson(options, System.getenv()) ? "json" : "text");
        if (options.contains("--help")) {
            System.out.print(help());
        } else if (options.contains("--version")) {
            System.out.println("Klatsch " + version());
        } else {
            run(options);
        }
    }

    private static void run(List<String> options) {
        try {
            ChatServer chat = ChatServer.start(config -> Settings.fromArguments(options, config.fromEnvironment()));
            Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "klatsch-stop"));
            System.out.println("Klatsch is listening on " + chat.url());
            chat.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalArgumentException e) {
            exit(MISUSED, e);
        } catch (RuntimeException e) {
            exit(FAILED, e);
        }
    }

    private static void exit(int code, RuntimeException e) {
        System.err.println("klatsch: " + e.getMessage());
        System.exit(code);
    }

    private static String help() {
        return String.format(Locale.ROOT, """
                Klatsch, a real-time web chat.

                  java -jar klatsch.jar [options]

                %s
                  --help                             prints this text
                  --version                          prints the version

                Each option can also be set in the environment: --public-url is KLATSCH_PUBLIC_URL.
                The command line takes precedence. A limit of 0 means no limit.
                """, Settings.help());
    }

    private static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
