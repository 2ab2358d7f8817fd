package chat.klatsch;

import java.util.List;
import java.util.Objects;

/** The command line: {@code java -jar klatsch.jar [--port=8080 …]}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(usage());
        } else if (given.contains("--version")) {
            System.out.println("Klatsch " + version());
        } else {
            run(given);
        }
    }

    private static void run(List<String> arguments) {
        try {
            ChatServer chat = ChatServer.start(config -> Settings.fromArguments(arguments, config));
            Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "klatsch-stop"));
            System.out.println("Klatsch is listening on " + chat.url());
        } catch (IllegalArgumentException e) {
            end(MISUSED, e);
        } catch (RuntimeException e) {
            end(FAILED, e);
        }
    }

    private static void end(int code, RuntimeException e) {
        System.err.println("klatsch: " + e.getMessage());
        System.exit(code);
    }

    private static String usage() {
        return """
                Klatsch, a real-time chat for the web.

                  java -jar klatsch.jar [options]

                %s
                  --help                             this text
                  --version                          the version

                Each option can also be set in the environment: --public-url is KLATSCH_PUBLIC_URL.
                A limit of 0 is no limit.
                """.formatted(Settings.help());
    }

    private static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
