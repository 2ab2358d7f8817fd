package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.InboxStore;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.Reaction;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileEdit;
import chat.klatsch.profile.TimeZones;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.account.SqlProfileStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.room.SqlInboxStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for the stores on every engine. */
abstract class MessageStoreContract {
    static final Instant NOW = Instant.parse("2026-11-24T10:15:30.123Z");

    Database database;
    SqlMessageStore store;
    SqlRoomStore rooms;
    SqlMembershipStore members;
    SqlAccountStore accounts;
    User alice;

    /** The URL of this test's own database, the same each time. */
    abstract String url();

    @BeforeEach
    void open() {
        reopen();
        alice = accounts.create(
                new NewAccount("alice", "correct horse", Optional.of("Alice@Example.org")), "hash", NOW);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_lobby_is_there_from_the_first_start_on() {
        assertThat(rooms.membershipsOf(alice.id()))
                .singleElement()
                .satisfies(membership -> assertThat(membership.room().id()).isEqualTo(RoomId.LOBBY));
        assertThat(rooms.room(alice.id(), RoomId.LOBBY)).isPresent();
        assertThat(rooms.room(alice.id(), new RoomId("elsewhere"))).isEmpty();
        assertThat(store.lastSeq(RoomId.LOBBY)).isZero();
    }

    @Test
    void a_profile_and_a_picture_are_kept_until_they_change() {
        SqlProfileStore profiles = new SqlProfileStore(database);
        assertThat(profiles.profile("ALICE")).contains(new Profile(alice, "", TimeZones.STANDARD, NOW, false));
        assertThat(profiles.profile("nobody")).isEmpty();

        profiles.introduce(alice.id(), ProfileEdit.of("Alice Liddell", "One\nTwo", "Europe/Berlin"));
        profiles.portray(alice.id(), Avatar.of(new byte[] {1}));
        profiles.portray(alice.id(), Avatar.of(new byte[] {2}));
        assertThat(profiles.picture("Alice").orElseThrow().jpeg()).containsExactly(2);
        User renamed = new User(alice.id(), "alice", "Alice Liddell");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(profiles.profile("alice")).contains(new Profile(renamed, "One\nTwo", berlin, NOW, true));

        profiles.rename(alice.id(), Optional.empty());
        profiles.removePicture(alice.id());
        assertThat(profiles.profile("alice")).contains(new Profile(alice, "One\nTwo", berlin, NOW, false));
        assertThat(profiles.picture("alice")).isEmpty();
    }

    @Test
    void a_message_comes_back_as_it_went_in() {
        String body = "Zwölf Boxkämpfer 🥊 <b>&amp;</b>\n\tعربي \u202e";
        LogEntry stored = append(draft(body, "key")).get(0);
        assertThat(store.after(RoomId.LOBBY, 0, 10)).containsExactly(stored);
        assertThat(stored.message().body()).isEqualTo(body);
        assertThat(stored.message().author()).isEqualTo(alice);
        assertThat(stored.message().postedAt()).isEqualTo(NOW);
        assertThat(stored.message().status()).isEqualTo(Message.Status.AS_POSTED);
    }

    @Test
    void a_batch_takes_places_without_a_gap_and_knows_what_it_has_already() {
        append(draft("one", "1"), draft("two", "2"));
        List<LogEntry> again = append(draft("two", "2"), draft("three", "3"), draft("three", "3"), draft("two", "4"));
        assertThat(again.stream().map(entry -> entry.message().seq())).containsExactly(2L, 3L, 3L, 4L);
        assertThat(store.lastSeq(RoomId.LOBBY)).isEqualTo(4);
    }

    @Test
    void history_goes_both_ways() {
        append(IntStream.rangeClosed(1, 120)
                .mapToObj(n -> draft("message " + n, "key " + n))
                .toArray(Draft[]::new));
        assertThat(seqs(store.before(RoomId.LOBBY, Long.MAX_VALUE, 50))).isEqualTo(range(71, 120));
        assertThat(seqs(store.before(RoomId.LOBBY, 71, 50))).isEqualTo(range(21, 70));
        assertThat(seqs(store.before(RoomId.LOBBY, 21, 50))).isEqualTo(range(1, 20));
        assertThat(seqs(store.after(RoomId.LOBBY, 110, 50))).isEqualTo(range(111, 120));
        assertThat(store.after(RoomId.LOBBY, 120, 50)).isEmpty();
    }

    @Test
    void a_message_is_found_under_the_version_of_its_last_change() {
        append(draft("one", "1"), draft("two", "2"), draft("three", "3"));
        append(new Draft(alice, "an answer to one", "4", OptionalLong.of(1)));
        assertThat(store.react(RoomId.LOBBY, 2, alice.id(), Emoji.LOVE, NOW)).isEqualTo(5);
        assertThat(store.edit(RoomId.LOBBY, 1, alice.id(), "the first", NOW)).isEqualTo(7);
        assertThat(store.version(RoomId.LOBBY)).isEqualTo(7);
        assertThat(store.lastSeq(RoomId.LOBBY)).isEqualTo(4);

        List<LogEntry> changes = store.changes(RoomId.LOBBY, 4, 10);
        assertThat(seqs(changes)).containsExactly(2L, 1L, 4L);
        assertThat(changes).extracting(LogEntry::version).containsExactly(5L, 6L, 7L);
        assertThat(changes.get(0).message().reactions()).containsExactly(new Reaction(Emoji.LOVE, 1, List.of("alice")));
        assertThat(changes.get(1).message().body()).isEqualTo("the first");
        assertThat(changes.get(2).message().quote().orElseThrow().excerpt()).isEqualTo("the first");
        assertThat(seqs(store.changes(RoomId.LOBBY, 2, 1))).containsExactly(3L);

        store.react(RoomId.LOBBY, 2, alice.id(), Emoji.LOVE, NOW);
        store.delete(RoomId.LOBBY, 1, alice.id(), NOW);
        assertThat(seqs(store.changes(RoomId.LOBBY, 7, 10))).containsExactly(2L, 1L, 4L);
        assertThat(store.entry(RoomId.LOBBY, 2).orElseThrow().message().reactions())
                .isEmpty();
        assertThat(store.entry(RoomId.LOBBY, 4)
                        .orElseThrow()
                        .message()
                        .quote()
                        .orElseThrow()
                        .isDeleted())
                .isTrue();
        assertThat(append(draft("one", "1")).get(0).message().status()).isEqualTo(Message.Status.DELETED);
    }

    @Test
    void who_does_not_belong_to_the_room_any_more_writes_and_changes_nothing_in_it() {
        User bob = accounts.create(new NewAccount("bob", "correct horse", Optional.empty()), "hash", NOW);
        store.append(RoomId.LOBBY, List.of(new Draft(bob, "still here", "1")), NOW);
        database.inTransaction(handle ->
                handle.execute("delete from members where user_id = ?", bob.id().value()));
        for (ThrowingCallable deed : List.<ThrowingCallable>of(
                () -> store.append(RoomId.LOBBY, List.of(new Draft(bob, "and gone", "2")), NOW),
                () -> store.edit(RoomId.LOBBY, 1, bob.id(), "never here", NOW),
                () -> store.react(RoomId.LOBBY, 1, bob.id(), Emoji.SAD, NOW))) {
            assertThatThrownBy(deed)
                    .isInstanceOfSatisfying(
                            ChatException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.FORBIDDEN));
        }
        assertThat(store.version(RoomId.LOBBY)).isEqualTo(1);
        // What was acknowledged once is so again.
        assertThat(store.append(RoomId.LOBBY, List.of(new Draft(bob, "still here", "1")), NOW))
                .hasSize(1);
    }

    @Test
    void what_somebody_has_not_read_is_counted_and_what_mentions_them_apart() {
        SqlInboxStore inboxes = new SqlInboxStore(database);
        User bob = accounts.create(new NewAccount("Bob", "correct horse", Optional.empty()), "hash", NOW);
        append(draft("hello", "1"), draft("@bob, are you there?", "2"), draft("@BOB @alice @nobody", "3"));
        assertThat(inboxes.unread(RoomId.LOBBY, List.of(bob.id(), alice.id())))
                .containsOnly(
                        Map.entry(bob.id(), new InboxStore.Unread(3, 2)),
                        Map.entry(alice.id(), new InboxStore.Unread(3, 0)));

        inboxes.read(RoomId.LOBBY, Map.of(bob.id(), 2L, alice.id(), 1_000_000L));
        inboxes.read(RoomId.LOBBY, Map.of(bob.id(), 1L));
        assertThat(inboxes.memberships(List.of(bob.id(), alice.id())))
                .hasEntrySatisfying(
                        bob.id(),
                        rooms -> assertThat(rooms).singleElement().satisfies(lobby -> {
                            assertThat(lobby.unread()).isEqualTo(1);
                            assertThat(lobby.mentions()).isEqualTo(1);
                        }))
                .hasEntrySatisfying(
                        alice.id(),
                        rooms -> assertThat(rooms)
                                .singleElement()
                                .satisfies(lobby -> assertThat(lobby.unread()).isZero()));

        store.edit(RoomId.LOBBY, 3, alice.id(), "nobody at all", NOW);
        assertThat(inboxes.unread(RoomId.LOBBY, List.of(bob.id())))
                .containsEntry(bob.id(), new InboxStore.Unread(1, 0));
    }

    @Test
    void writers_at_the_same_time_get_one_order_without_gaps() {
        List<CompletableFuture<List<LogEntry>>> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            String name = "writer " + writer;
            writers.add(CompletableFuture.supplyAsync(() -> {
                List<LogEntry> stored = new ArrayList<>();
                for (int n = 0; n < 40; n++) {
                    stored.addAll(append(draft(name + " says " + n, name + n)));
                }
                return stored;
            }));
        }
        List<Long> places = new ArrayList<>();
        writers.forEach(writer -> places.addAll(seqs(writer.join())));
        Collections.sort(places);
        assertThat(places).isEqualTo(range(1, 320));
        assertThat(seqs(store.after(RoomId.LOBBY, 0, 1_000))).isEqualTo(range(1, 320));
    }

    @Test
    void what_is_stored_is_there_after_reopening() {
        append(draft("keep me", "key"));
        database.close();
        reopen();
        assertThat(store.after(RoomId.LOBBY, 0, 10))
                .extracting(entry -> entry.message().body())
                .containsExactly("keep me");
    }

    @Test
    void the_places_of_many_rooms_are_had_at_once() {
        append(draft("one", "1"), draft("two", "2"));
        assertThat(store.versions(List.of(RoomId.LOBBY, new RoomId("elsewhere"))))
                .isEqualTo(Map.of(RoomId.LOBBY, 2L));
        assertThat(store.versions(List.of())).isEmpty();
    }

    @Test
    void names_and_addresses_are_taken_in_every_case_and_the_rest_is_kept() {
        assertThatThrownBy(() -> accounts.create(new NewAccount("ALICE", "correct horse", Optional.empty()), "", NOW))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.TAKEN));
        for (String login : List.of("alice", "ALICE", "alice@example.ORG")) {
            assertThat(accounts.credentials(login)).contains(new AccountStore.Credentials(alice, "hash"));
        }
        assertThat(accounts.credentials("nobody")).isEmpty();
    }

    @Test
    void sign_ins_are_open_until_they_end_or_expire() {
        Instant later = NOW.plusSeconds(60);
        String[] sessions = {"a".repeat(64), "b".repeat(64), "c".repeat(64)};
        AccountStore.Credentials known = new AccountStore.Credentials(alice, "hash");
        accounts.open(sessions[0], known, NOW, later);
        accounts.open(sessions[1], known, NOW, later.plusSeconds(1));
        accounts.open(sessions[2], known, NOW, later.plusSeconds(1));
        accounts.close(sessions[2]);

        List<String> asked = List.of(sessions[0], sessions[1], sessions[2], "d".repeat(64), "short");
        assertThat(accounts.openAmong(asked, NOW)).containsExactlyInAnyOrder(sessions[0], sessions[1]);
        assertThat(accounts.openAmong(asked, later)).containsExactly(sessions[1]);
        assertThat(accounts.openAmong(List.of(), NOW)).isEmpty();
        assertThat(accounts.session(sessions[0], NOW).map(Session::user)).contains(alice);
        assertThat(accounts.session(sessions[0], later)).isEmpty();

        accounts.closeAll(alice.id());
        assertThat(accounts.openAmong(asked, NOW)).isEmpty();
    }

    @Test
    void many_rooms_and_sign_ins_are_found_by_their_keys() {
        for (String query : List.of(
                "select id, last_seq from rooms where id = any(:ids)",
                "select id from sessions where id = any(:ids)")) {
            assertThat(plan(query)).containsPattern(primaryKey());
        }
    }

    /** How the engine's plan says that it looks rows up in a primary key. */
    abstract String primaryKey();

    private String plan(String query) {
        return database.inTransaction(handle -> {
            preferIndexes(handle);
            return handle.createQuery("explain " + query)
                    .bind("ids", new String[] {"a", "b"})
                    .mapTo(String.class)
                    .collect(Collectors.joining("\n"));
        });
    }

    /** Where the engine would read a small table from end to end. */
    void preferIndexes(Handle handle) {}

    @Test
    void a_database_that_is_away_is_said_to_be() {
        database.close();
        assertThatThrownBy(() -> store.lastSeq(RoomId.LOBBY))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.UNAVAILABLE));
    }

    private void reopen() {
        database = Database.open(url(), Duration.ZERO);
        store = new SqlMessageStore(database);
        rooms = new SqlRoomStore(database);
        members = new SqlMembershipStore(database);
        accounts = new SqlAccountStore(database);
    }

    List<LogEntry> append(Draft... drafts) {
        return store.append(RoomId.LOBBY, List.of(drafts), NOW);
    }

    Draft draft(String body, String key) {
        return new Draft(alice, body, key);
    }

    static List<Long> seqs(List<LogEntry> messages) {
        return messages.stream().map(entry -> entry.message().seq()).toList();
    }

    static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
