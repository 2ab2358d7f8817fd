package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.InboxStore;
import chat.klatsch.inbox.SeenRange;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.store.room.SqlInboxStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the inbox store. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class InboxStoreTest extends StoreTest {
    private SqlInboxStore inboxes;
    private User alice;
    private User bob;

    @BeforeEach
    void open() {
        openFresh();
        inboxes = new SqlInboxStore(database);
        alice = person("alice");
        bob = person("Bob");
    }

    @Test
    void unread_messages_and_mentions_are_counted_separately() {
        append(
                new Draft(alice, "hello", "1"),
                new Draft(alice, "@bob, are you there?", "2"),
                new Draft(alice, "@BOB @alice @nobody", "3"));
        counts(bob, 3, 2);
        counts(alice, 0, 0);

        read(bob, 2);
        read(alice, 1_000_000);
        read(bob, 1);
        counts(bob, 1, 1);
        counts(alice, 0, 0);

        messages.edit(RoomId.LOBBY, 3, alice.id(), new Edit("nobody at all"), NOW);
        counts(bob, 1, 0);
    }

    @Test
    void only_messages_that_can_be_read_and_are_of_others_count() {
        append(
                new Draft(alice, "one", "1"),
                new Draft(bob, "two", "2"),
                new Draft(alice, "@bob three", "3"),
                new Draft(bob, "four", "4"),
                new Draft(alice, "five", "5"));
        counts(bob, 3, 1);
        counts(alice, 2, 0);

        messages.delete(RoomId.LOBBY, 3, alice.id(), NOW);
        counts(bob, 2, 0);
        messages.delete(RoomId.LOBBY, 4, bob.id(), NOW);
        counts(bob, 2, 0);
        counts(alice, 1, 0);

        read(bob, 4);
        read(alice, 1);
        counts(bob, 1, 0);
        counts(alice, 1, 0);
        messages.delete(RoomId.LOBBY, 5, alice.id(), NOW);
        messages.delete(RoomId.LOBBY, 2, alice.id(), NOW);
        counts(bob, 0, 0);
        counts(alice, 0, 0);
    }

    @Test
    void deleted_messages_never_count_and_old_unread_ones_of_programs_do() {
        append(IntStream.rangeClosed(1, 600)
                .mapToObj(n -> new Draft(n % 2 == 0 ? alice : bob, "message " + n, Integer.toString(n)))
                .toArray(Draft[]::new));
        // Of 300 own messages, 50 are older than the last 500 of the room.
        counts(alice, 350, 0);
        for (long seq = 2; seq <= 20; seq++) {
            messages.delete(RoomId.LOBBY, seq, alice.id(), NOW);
        }
        messages.delete(RoomId.LOBBY, 599, alice.id(), NOW);
        messages.delete(RoomId.LOBBY, 600, alice.id(), NOW);
        counts(alice, 330, 0);
        counts(bob, 330, 0);
    }

    @Test
    void earlier_deletions_are_migrated() throws SQLException {
        append(new Draft(alice, "one", "1"), new Draft(alice, "two", "2"));
        messages.delete(RoomId.LOBBY, 1, alice.id(), NOW);
        database.close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table klatsch_deletions");
            statement.execute("delete from klatsch_migrations where version > 7");
        }
        reopen();
        inboxes = new SqlInboxStore(database);
        counts(bob, 1, 0);
    }

    @Test
    void what_is_seen_below_unread_messages_stays_unread_until_they_are_seen_too() {
        append(IntStream.rangeClosed(1, 20)
                .mapToObj(n -> new Draft(n == 6 ? bob : alice, "message " + n, Integer.toString(n)))
                .toArray(Draft[]::new));
        messages.delete(RoomId.LOBBY, 7, alice.id(), NOW);
        sees(bob, seen(15, 20));
        counts(bob, 18, 0);
        sees(bob, seen(1, 5));
        counts(bob, 13, 0);
        sees(bob, seen(8, 10));
        counts(bob, 10, 0);
        sees(bob, seen(2, 3), seen(16, 20), seen(11, 15));
        counts(bob, 0, 0);
    }

    @Test
    void messages_are_unread_again_from_the_marked_one_on_and_older_pages_do_not_read_them() {
        append(IntStream.rangeClosed(1, 5)
                .mapToObj(n -> new Draft(alice, "message " + n, Integer.toString(n)))
                .toArray(Draft[]::new));
        sees(bob, seen(1, 5));
        counts(bob, 0, 0);
        inboxes.unread(RoomId.LOBBY, bob.id(), 3);
        counts(bob, 3, 0);
        sees(bob, seen(1, 5));
        counts(bob, 3, 0);
        sees(bob, new SeenRange(1, 4, OptionalLong.of(1)));
        counts(bob, 1, 0);
        inboxes.unread(RoomId.LOBBY, bob.id(), 5);
        counts(bob, 1, 0);
        read(bob, 5);
        counts(bob, 0, 0);
    }

    private void read(User reader, long last) {
        sees(reader, SeenRange.upTo(last));
    }

    private void sees(User reader, SeenRange... ranges) {
        inboxes.read(RoomId.LOBBY, Map.of(reader.id(), List.of(ranges)));
    }

    private static SeenRange seen(long first, long last) {
        return new SeenRange(first, last, OptionalLong.of(0));
    }

    /** Compares the count of one room with that in the user's list. */
    private void counts(User user, long unread, long mentions) {
        InboxStore.Unread counted =
                inboxes.unread(RoomId.LOBBY, List.of(alice.id(), bob.id())).get(user.id());
        assertThat(List.of(counted.messages(), counted.mentions())).containsExactly(unread, mentions);
        assertThat(inboxes.memberships(List.of(user.id()), NOW).get(user.id()))
                .singleElement()
                .satisfies(lobby -> {
                    assertThat(List.of(lobby.unread(), lobby.mentions())).containsExactly(unread, mentions);
                    assertThat(lobby.marker()).isEqualTo(counted.marker());
                });
    }
}
