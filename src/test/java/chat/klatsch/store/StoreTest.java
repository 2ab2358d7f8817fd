package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.fixture.EmptyDatabase;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.message.Draft;
import chat.klatsch.message.LogEntry;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.room.SqlInvitationStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Opens a new database and its stores on the engine that the subclass is parameterized with. */
abstract class StoreTest {
    enum Engine {
        H2,
        POSTGRESQL
    }

    static final Instant NOW = Instant.parse("2026-11-24T10:15:30.123Z");
    private static final AtomicInteger FILES = new AtomicInteger();

    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @TempDir
    static Path directory;

    @Parameter
    Engine engine;

    String url;

    @AutoClose
    Database database;

    SqlAccountStore accounts;
    SqlAccountChanges changes;
    SqlRoomStore rooms;
    SqlMembershipStore members;
    SqlInvitationStore invitations;
    SqlMessageStore messages;

    /** Returns the URL of a database without a schema. */
    final String emptyUrl() {
        return switch (engine) {
            case H2 -> "jdbc:h2:ordered:" + file();
            case POSTGRESQL -> postgres.empty();
        };
    }

    final void openFresh() {
        url = switch (engine) {
            case H2 -> {
                Path file = file();
                EmptyDatabase.copyTo(file);
                yield "jdbc:h2:ordered:" + file;
            }
            case POSTGRESQL -> postgres.fresh();
        };
        reopen();
    }

    private static Path file() {
        return directory.resolve("test" + FILES.incrementAndGet());
    }

    /** Opens the same database again after the test has closed it. */
    final void reopen() {
        database = Database.open(url, Duration.ZERO);
        accounts = new SqlAccountStore(database);
        changes = new SqlAccountChanges(database);
        rooms = new SqlRoomStore(database);
        members = new SqlMembershipStore(database);
        invitations = new SqlInvitationStore(database);
        messages = new SqlMessageStore(database);
    }

    final User person(String username) {
        return accounts.create(new NewAccount(username, "correct horse", Optional.empty()), "hash", NOW);
    }

    final List<LogEntry> append(Draft... drafts) {
        return messages.append(RoomId.LOBBY, List.of(drafts), NOW);
    }

    static void refused(ChatException.Kind kind, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    static List<Long> seqs(List<LogEntry> messages) {
        return messages.stream().map(entry -> entry.message().seq()).toList();
    }

    static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
