package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.klatsch.core.ChatException;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Ports;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
    @TempDir
    Path directory;

    @Test
    void messages_survive_a_restart() {
        try (ChatServer chat = start()) {
            new ChatClient(chat.url(), "alice").signUp().posts("remember me");
        }
        try (ChatServer chat = start()) {
            ChatClient alice = new ChatClient(chat.url(), "alice").signIn();
            assertThat(alice.get("rooms/lobby").body()).contains("remember me");
            assertThat(alice.posts("again")).isEqualTo(2);
        }
    }

    @Test
    void nobody_else_on_the_machine_can_read_the_data() throws IOException {
        for (String name : List.of("new", "made by the operator", "shared")) {
            Path data = directory.resolve(name);
            Files.createDirectories(data);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
            if (name.equals("new")) {
                Files.delete(data);
            }
            if (name.equals("shared")) {
                Files.createFile(data.resolve("other"));
            }
            for (int starts = 0; starts < 2; starts++) {
                try (ChatServer chat = ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(data))) {
                    new ChatClient(chat.url(), "alice" + starts).signUp().posts("for members only");
                    assertPrivate(data);
                }
                assertPrivate(data);
                try (Stream<Path> files = Files.list(data)) {
                    for (Path file : files.toList()) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
                    }
                }
            }
        }
    }

    private static void assertPrivate(Path data) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo(data.endsWith("shared") ? "rwxrwxrwx" : "rwx------");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.filter(file -> !file.endsWith("other")))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_second_server_on_the_same_data_is_refused() {
        try (ChatServer chat = start()) {
            assertThatIllegalStateException()
                    .isThrownBy(this::start)
                    .withMessage("the data directory %s is in use by another chat", directory);
            new ChatClient(chat.url(), "alice").signUp().posts("still here");
        }
    }

    @Test
    void a_port_in_use_is_named_and_the_data_directory_released() {
        try (ChatServer other = ChatServer.start(
                config -> config.fromEnvironment().port(0).dataDirectory(directory.resolve("other")))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ChatServer.start(config ->
                            config.fromEnvironment().port(other.port()).dataDirectory(directory)))
                    .withMessage("cannot listen on 127.0.0.1:%s: Address already in use", other.port());
            start().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"klatsch.statements", "klatsch.redis.dropped", "klatsch.renders"})
    void a_library_of_the_host_that_does_not_fit_leaves_nothing_open(String meter) {
        MeterRegistry host = new SimpleMeterRegistry() {
            @Override
            protected Counter newCounter(Meter.Id id) {
                if (id.getName().equals(meter)) {
                    throw new NoSuchMethodError("on purpose");
                }
                return super.newCounter(id);
            }
        };
        assertThatThrownBy(() -> ChatServer.start(config -> config.fromEnvironment()
                        .port(0)
                        .dataDirectory(directory)
                        .redisUrl(URI.create("redis://127.0.0.1:1"))
                        .meters(host)))
                .isInstanceOf(NoSuchMethodError.class)
                .hasNoSuppressedExceptions();
        start().close();
    }

    @Test
    void a_database_that_goes_while_the_chat_starts_leaves_the_port_free() throws IOException {
        int port = Ports.free();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:file:" + directory.resolve("host") + ";WRITE_DELAY=0");
        DataSource host = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!isFree(port)) {
                        throw new SQLException("gone", "08001");
                    }
                    return method.invoke(database, arguments);
                });
        assertThatThrownBy(() -> ChatServer.start(config -> config.fromEnvironment()
                        .port(port)
                        .publicUrl(URI.create("https://chat.example"))
                        .dataSource(host)))
                .isInstanceOf(ChatException.class);
        assertThat(isFree(port)).isTrue();
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    @Test
    void a_file_cannot_be_the_data_directory() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatIllegalStateException()
                .isThrownBy(() -> ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(file)))
                .withMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = b/CACHE_SIZE=1/~/file:#?&/mem:/100%20/'\"{}$HOME!/klatsch.mv.db/.x",
                "Grüße/u\u0308/チャット/دردشة/\uD83D\uDE00",
                "link/to"
            })
    void a_data_directory_may_have_odd_names_in_its_path(String path) throws IOException {
        assumeTrue(Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(path));
        Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("target")));
        Path odd = directory.resolve(path);
        try (ChatServer chat =
                ChatServer.start(config -> config.fromEnvironment().port(0).dataDirectory(odd))) {
            assertThat(new ChatClient(chat.url(), "alice").signUp().posts("here"))
                    .isEqualTo(1);
        }
        assertThat(odd.resolve("klatsch.mv.db")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a;b/c", "a;INIT=drop all objects", "a\\b", ";", "link"})
    void a_data_directory_that_h2_would_misread_is_refused_and_nothing_written(String name) throws IOException {
        Path target = Files.createDirectory(directory.resolve("target;"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        Path odd = directory.resolve(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(odd)))
                .withMessage("cannot use %s as data directory: H2 opens no path with ; or \\ in a name", odd);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files).containsExactlyInAnyOrder(directory, target, link);
        }
    }

    @Test
    void a_database_that_another_h2_version_left_unclosed_is_refused_unchanged() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        Path note = directory.resolve("h2-version");
        try (ChatServer chat = start()) {
            new ChatClient(chat.url(), "alice").signUp().posts("remember me");
            Files.copy(directory.resolve("klatsch.mv.db"), copy.resolve("klatsch.mv.db"));
        }
        byte[] unclosed = Files.readAllBytes(copy.resolve("klatsch.mv.db"));
        assertThatIllegalStateException()
                .isThrownBy(() -> ChatServer.start(
                        config -> config.fromEnvironment().port(0).dataDirectory(copy)))
                .withMessage(
                        "the database in %s was not closed by H2 2.5, which wrote it; start and stop the build of Klatsch"
                                + " that used it last, then start this one",
                        copy);
        assertThat(Files.readAllBytes(copy.resolve("klatsch.mv.db"))).isEqualTo(unclosed);

        // A closed database opens with any version, and an unclosed one with the version that wrote it.
        Files.delete(note);
        start().close();
        assertThat(note).exists();
        Files.copy(note, copy.resolve("h2-version"));
        try (ChatServer chat =
                ChatServer.start(config -> config.fromEnvironment().port(0).dataDirectory(copy))) {
            ChatClient alice = new ChatClient(chat.url(), "alice").signIn();
            assertThat(alice.get("rooms/lobby").body()).contains("remember me");
        }
    }

    private ChatServer start() {
        return ChatServer.start(config -> config.fromEnvironment().port(0).dataDirectory(directory));
    }
}
