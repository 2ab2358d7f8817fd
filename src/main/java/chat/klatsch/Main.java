package chat.klatsch;

import chat.klatsch.core.Limit;
import chat.klatsch.core.Version;
import chat.klatsch.operation.Doctor;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The program: {@code java -jar klatsch.jar [command] [--port=8080 …]}. */
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
            System.out.println("Klatsch " + Version.current());
        } else {
            run(options);
        }
    }

    private static void run(List<String> options) {
        try {
            CommandLine line = CommandLine.of(options);
            switch (line.command()) {
                case "" -> serve(line);
                case "doctor" -> examine(line);
                case "backup" -> Backups.of(line).write();
                case "restore" -> Backups.of(line).restore();
                default -> throw new IllegalArgumentException("unknown command " + line.command() + ", see --help");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalArgumentException e) {
            exit(MISUSED, e);
        } catch (RuntimeException e) {
            exit(FAILED, e);
        }
    }

    private static void serve(CommandLine line) throws InterruptedException {
        ChatServer chat = ChatServer.start(line::configure);
        Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "klatsch-stop"));
        System.out.println("Klatsch is listening on " + chat.url());
        chat.join();
    }

    private static void examine(CommandLine line) {
        ChatConfig config = new ChatConfig();
        line.configure(config);
        System.out.println("Klatsch " + Version.current());
        if (!examine(config, System.out)) {
            System.exit(FAILED);
        }
    }

    /** Prints what is well around a chat with these settings. Returns whether there is no error. */
    static boolean examine(ChatConfig config, PrintStream out) {
        return new Doctor(
                        config.given,
                        config.host,
                        config.port,
                        config.basePath,
                        config.dataDirectory,
                        config.databaseUrl,
                        config.redisUrl,
                        config.smtp,
                        config.publicUrl,
                        !config.trustedProxies.isEmpty(),
                        FirstAccount.isExposed(config),
                        config.limits.of(Limit.CONNECTIONS))
                .examine(out);
    }

    private static void exit(int code, RuntimeException e) {
        System.err.println("klatsch: " + e.getMessage());
        System.exit(code);
    }

    private static String help() {
        return String.format(Locale.ROOT, """
                Klatsch, a real-time web chat.

                  java -jar klatsch.jar [options]                  runs the chat
                  java -jar klatsch.jar doctor [options]           checks what these options lead to, also while it runs
                  java -jar klatsch.jar backup [options] FILE      writes all of it to a file, also while it runs
                  java -jar klatsch.jar restore [options] FILE     reads such a file into an empty database

                A backup or a restore takes the options --data or --database of the chat; - as FILE is the standard
                output or input.

                %s
                  --help                             prints this text
                  --version                          prints the version

                Each option can also be set in the environment: --public-url is KLATSCH_PUBLIC_URL.
                The command line takes precedence. A limit of 0 means no limit.
                """, Settings.help());
    }
}
