package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
    void a_host_with_a_table_of_the_same_name_gives_the_chat_a_schema(String engine) throws SQLException {
        String url = engine.equals("h2")
                ? "jdbc:h2:mem:host;INIT=create schema if not exists klatsch\\;set schema klatsch"
                : postgres.empty() + "&currentSchema=klatsch";
        try (HikariDataSource pool = pool(url, true, "TRANSACTION_READ_COMMITTED")) {
            execute(pool, "create table public.users (name varchar)");
            execute(pool, "create schema if not exists klatsch");
            try (ChatServer chat = ChatServer.start(
                            config -> config.fromEnvironment().port(0).dataSource(pool));
                    ChatClient alice = ChatClient.join(chat, "alice")) {
                assertThat(alice.posts("hello")).isEqualTo(1);
            }
            execute(pool, "insert into public.users (name) values ('of the host')");
        }
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
