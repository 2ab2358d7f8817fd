package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.ChatServer;
import chat.klatsch.Health;
import chat.klatsch.Messages.Author;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the chat on the connections of a host. */
class HostDataSourceTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "h2,         true,  TRANSACTION_READ_COMMITTED",
        "h2,         false, TRANSACTION_SERIALIZABLE",
        "postgresql, true,  TRANSACTION_READ_COMMITTED",
        "postgresql, false, TRANSACTION_SERIALIZABLE"
    })
    void the_chat_uses_the_hosts_connections_and_gives_them_back_as_they_were(
            String engine, boolean autoCommit, String isolation) throws SQLException {
        String url =
                engine.equals("h2") ? "jdbc:h2:file:" + directory.resolve("host") + ";WRITE_DELAY=0" : postgres.empty();
        try (HikariDataSource pool = pool(url, autoCommit, isolation)) {
            for (String text : new String[] {"first start", "second start"}) {
                try (ChatServer chat = ChatServer.start(config -> config.fromEnvironment()
                                .port(0)
                                .dataDirectory(directory.resolve("unused"))
                                .dataSource(pool));
                        ChatClient alice = new ChatClient(chat.url(), "alice")) {
                    if (text.startsWith("first")) {
                        alice.signUp();
                    } else {
                        alice.signIn();
                    }
                    alice.connect();
                    chat.messages().post(RoomId.LOBBY, Author.person("alice"), text);
                    alice.sees(text);
                    assertThat(alice.get("rooms/lobby").body()).contains("first start");
                    assertThat(chat.health()).isEqualTo(Health.READY);
                }
                assertThat(pool.isClosed()).isFalse();
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            }
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(connection.getTransactionIsolation())
                        .isEqualTo(
                                autoCommit
                                        ? Connection.TRANSACTION_READ_COMMITTED
                                        : Connection.TRANSACTION_SERIALIZABLE);
                if (engine.equals("postgresql")) {
                    assertThat(statement.executeQuery("show statement_timeout")).satisfies(row -> {
                        row.next();
                        assertThat(row.getString(1)).isEqualTo("0");
                    });
                }
            }
        }
        assertThat(directory.resolve("unused")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void chats_share_a_database_with_their_host_and_each_other(String engine) throws SQLException {
        String url = engine.equals("h2")
                ? "jdbc:h2:file:" + directory.resolve("shared") + ";WRITE_DELAY=0"
                : postgres.empty();
        try (HikariDataSource pool = pool(url, true, "TRANSACTION_READ_COMMITTED")) {
            execute(
                    pool,
                    "create table users (name varchar(20)); create table messages (id int);"
                            + "create table schema_version (version int primary key); insert into schema_version values (300)");
            for (int start = 1; start <= 2; start++) {
                try (ChatServer sales = ChatServer.start(
                                config -> config.fromEnvironment().port(0).dataSource(pool));
                        ChatServer support = ChatServer.start(config -> config.fromEnvironment()
                                .port(0)
                                .dataSource(pool)
                                .tablePrefix("support_"));
                        ChatClient alice = new ChatClient(sales.url(), "alice");
                        ChatClient bob = new ChatClient(support.url(), "alice")) {
                    for (ChatClient client : List.of(alice, bob)) {
                        if (start == 1) {
                            client.signUp();
                        } else {
                            client.signIn();
                        }
                        client.connect();
                    }
                    assertThat(alice.posts("to sales")).isEqualTo(start);
                    assertThat(bob.posts("to support")).isEqualTo(start);
                    bob.sees("to support");
                    assertThat(bob.get("rooms/lobby").body())
                            .contains("to support")
                            .doesNotContain("to sales");
                }
            }
            execute(pool, "insert into users (name) values ('of the host')");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "mem"})
    void a_second_chat_with_the_same_tables_is_refused_in_one_jvm_and_harms_nobody(String kind) throws SQLException {
        String url = "jdbc:h2:" + kind + ":" + (kind.equals("mem") ? "twice" : directory.resolve("twice"));
        try (HikariDataSource pool = pool(url, true, "TRANSACTION_READ_COMMITTED")) {
            try (ChatServer first = ChatServer.start(
                            config -> config.fromEnvironment().port(0).dataSource(pool));
                    ChatClient alice = ChatClient.join(first, "alice")) {
                for (int attempt = 0; attempt < 2; attempt++) {
                    assertThatIllegalStateException()
                            .isThrownBy(() ->
                                    ChatServer.start(config -> config.port(0).dataSource(pool)))
                            .withMessage(
                                    "cannot open the database: another chat in this JVM uses the tables klatsch_… of the"
                                            + " database; give each chat a table prefix or a database of its own");
                }
                assertThat(alice.posts("hello")).isEqualTo(1);
            }
            ChatServer.start(config -> config.fromEnvironment().port(0).dataSource(pool))
                    .close();
        }
    }

    @Test
    void nodes_of_one_chat_share_their_tables_in_one_jvm() {
        String url = postgres.empty();
        try (ChatServer first = ChatServer.start(config ->
                        config.fromEnvironment().port(0).databaseUrl(url).tablePrefix("talk_"));
                ChatServer second = ChatServer.start(config ->
                        config.fromEnvironment().port(0).databaseUrl(url).tablePrefix("talk_"));
                ChatClient alice = ChatClient.join(first, "alice");
                ChatClient bob = ChatClient.join(second, "bob")) {
            alice.posts("hello");
            bob.sees("hello");
        }
        assertThat(postgres.number(url, "select count(*) from talk_messages")).isEqualTo(1);
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void another_engine_is_refused_with_its_name() throws SQLException {
        try (HikariDataSource pool = pool("jdbc:h2:mem:other", true, "TRANSACTION_READ_COMMITTED")) {
            DataSource other = replacing(
                    DataSource.class,
                    pool,
                    Connection.class,
                    connection -> replacing(
                            Connection.class,
                            connection,
                            DatabaseMetaData.class,
                            data -> replacing(DatabaseMetaData.class, data, String.class, name -> "MySQL")));
            assertThatIllegalStateException()
                    .isThrownBy(() -> ChatServer.start(config -> config.port(0).dataSource(other)))
                    .withMessage("cannot open the database: a data source must lead to H2 or PostgreSQL, and this one"
                            + " leads to MySQL");
        }
    }

    @Test
    void a_connection_whose_settings_fail_goes_back_to_the_pool() throws SQLException {
        try (HikariDataSource pool = pool("jdbc:h2:mem:settings", true, "TRANSACTION_SERIALIZABLE")) {
            AtomicBoolean broken = new AtomicBoolean();
            HostConnections connections = new HostConnections(
                    replacing(DataSource.class, pool, Connection.class, connection -> failing(connection, broken)));
            try (Connection connection = pool.getConnection()) {
                connections.inspect(connection);
            }
            broken.set(true);
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThatThrownBy(connections::open).hasMessage("the server restarts");
            }
            broken.set(false);
            connections.open().close();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    private static Connection failing(Connection connection, AtomicBoolean broken) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (broken.get() && method.getName().equals("setTransactionIsolation")) {
                        throw new SQLException("the server restarts");
                    }
                    return method.invoke(connection, arguments);
                });
    }

    private static HikariDataSource pool(String url, boolean autoCommit, String isolation) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setAutoCommit(autoCommit);
        config.setTransactionIsolation(isolation);
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    /** Returns an object whose methods of one result type return another result. */
    private static <T, R> T replacing(Class<T> type, T object, Class<R> result, UnaryOperator<R> other) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = method.invoke(object, arguments);
                    return method.getReturnType() == result ? other.apply(result.cast(value)) : value;
                }));
    }
}
