package chat.klatsch;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives tests databases in a real PostgreSQL, one for the whole run, which can fail in the ways that servers do. */
public final class Postgres implements BeforeAllCallback, BeforeEachCallback {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(Postgres.class);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    static {
        // It complains of servers that it shall stop and that have been killed.
        System.setProperty("org.slf4j.simpleLogger.log.io.zonky", "off");
    }

    private Server server;

    /** The server, and its data, which stay when it stops. */
    private static final class Server implements AutoCloseable {
        final Path directory;
        private EmbeddedPostgres running;

        Server() {
            try {
                directory = Files.createTempDirectory("klatsch-postgres");
                start(Ports.free());
                execute("create role guarded login password 'right'");
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("there is no PostgreSQL to test with", e);
            }
        }

        void start(int port) throws IOException {
            // What it acknowledges must survive, as in earnest; the library is for tests that need not care.
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setDataDirectoryCustomizer(Server::guard)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on")
                    .setPort(port)
                    .start();
        }

        /** All users are trusted but one. */
        private static void guard(File data) {
            Path rules = data.toPath().resolve("pg_hba.conf");
            try {
                String all = Files.readString(rules);
                if (!all.contains("guarded")) {
                    Files.writeString(rules, "host all guarded all scram-sha-256\n" + all);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        String url(String database) {
            return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(running.getPort(), database);
        }

        Stream<ProcessHandle> processes() throws IOException {
            long id = Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
            ProcessHandle first = ProcessHandle.of(id).orElseThrow();
            return Stream.concat(Stream.of(first), first.descendants());
        }

        private Path pidFile() {
            return directory.resolve("data/postmaster.pid");
        }

        void signal(String name) throws IOException {
            Signal.send(name, processes().toArray(ProcessHandle[]::new));
        }

        @Override
        public void close() throws IOException {
            List<ProcessHandle> ending = Files.exists(pidFile()) ? processes().toList() : List.of();
            running.close();
            // They tidy up behind themselves until the end.
            await().atMost(Duration.ofSeconds(60)).until(() -> ending.stream().noneMatch(ProcessHandle::isAlive));
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    /** One for a program that is no test, which ends it by {@link #end()}. */
    public static Postgres started() {
        Postgres postgres = new Postgres();
        postgres.server = new Server();
        return postgres;
    }

    public void end() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot().getStore(OWN).computeIfAbsent(Server.class, key -> new Server(), Server.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        beforeAll(context);
    }

    /** The URL of a new and empty database. */
    public String fresh() {
        String name = "chat" + DATABASES.incrementAndGet();
        execute("create database " + name);
        return server.url(name);
    }

    public void execute(String sql) {
        try {
            server.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query asks for. */
    public long number(String query) {
        try (Connection connection = DriverManager.getConnection(server.url("postgres"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every connection to this database but ours, as an administrator can. */
    public void terminateConnections(String url) {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                .formatted(url.replaceAll(".*/|\\?.*", "")));
    }

    /** Ends all its processes at once, in the middle of whatever they do. */
    public void kill() {
        signal("KILL");
        stop();
    }

    public void stop() {
        try {
            server.running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the same port and data. */
    public void restart() {
        try {
            server.start(server.running.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills one of its processes, whereupon it ends all others and recovers. */
    public void crash() {
        try {
            server.processes().skip(1).findFirst().ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean answers() {
        try {
            server.execute("select 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Holds all its processes, so that it takes connections and says nothing more. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            server.signal(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
