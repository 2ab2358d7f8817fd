package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.account.NewAccount;
import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminUser;
import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Emoji;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.account.SqlAccountChanges;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.admin.SqlAdminQueries;
import chat.klatsch.store.admin.SqlAdminStore;
import chat.klatsch.store.message.SqlMessageStore;
import chat.klatsch.store.room.SqlMembershipStore;
import chat.klatsch.store.room.SqlRoomStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who looks after the house, and what they do there, on every engine. */
abstract class AdminStoreContract {
    private static final Instant NOW = MessageStoreContract.NOW;
    private static final RoomId ROOM = new RoomId("garden");

    private String url;
    private Database database;
    private SqlAccountStore accounts;
    private SqlMembershipStore members;
    private SqlRoomStore rooms;
    private SqlMessageStore messages;
    private SqlAdminStore admin;
    private SqlAdminQueries register;

    /** The URL of a database of this test's own. */
    abstract String url();

    @BeforeEach
    void open() {
        url = url();
        reopen();
    }

    private void reopen() {
        database = Database.open(url, Duration.ZERO);
        accounts = new SqlAccountStore(database);
        members = new SqlMembershipStore(database);
        rooms = new SqlRoomStore(database);
        messages = new SqlMessageStore(database);
        admin = new SqlAdminStore(database);
        register = new SqlAdminQueries(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void of_several_who_come_first_at_once_one_is_the_operator_and_there_is_always_one_left() {
        List<User> people = atOnce(Stream.of("alice", "bob", "carol", "dave"), this::person);
        List<User> operators =
                people.stream().filter(user -> register.isOperator(user.id())).toList();
        assertThat(operators).hasSize(1);
        assertThat(register.isOperator(person("erin").id())).isFalse();

        User first = operators.get(0);
        refused(Kind.INVALID, () -> admin.dismiss(first.id(), first.id(), NOW));
        refused(Kind.INVALID, () -> new SqlAccountChanges(database).delete(first.id(), NOW));
        people.forEach(user -> admin.appoint(first.id(), user.id(), NOW));
        atOnce(people.stream(), user -> {
            try {
                admin.dismiss(user.id(), user.id(), NOW);
            } catch (ChatException last) {
                assertThat(last.kind()).isEqualTo(Kind.INVALID);
            }
            return user;
        });
        User left = people.stream()
                .filter(user -> register.isOperator(user.id()))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one");
                })
                .orElseThrow();
        refused(Kind.FORBIDDEN, () -> admin.ban(other(people, left).id(), left.id(), "", NOW));
    }

    @Test
    void where_nobody_looked_after_the_house_whoever_has_been_there_longest_does() throws SQLException {
        User gone = person("gone");
        User alice = person("alice");
        person("bob");
        admin.appoint(gone.id(), alice.id(), NOW);
        new SqlAccountChanges(database).delete(gone.id(), NOW);
        database.close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String back : List.of(
                    "drop table answers",
                    "create index messages_by_reply on messages (room_id, reply_to)",
                    "drop table audit",
                    "drop table mutes",
                    "drop index messages_by_time",
                    "alter table users drop column operator",
                    "alter table users drop column banned_at",
                    "delete from schema_version where version > 5")) {
                statement.execute(back);
            }
        }
        reopen();
        assertThat(register.people("", "", 10))
                .filteredOn(AdminUser::operator)
                .extracting(AdminUser::user)
                .containsExactly(alice);
    }

    @Test
    void whoever_is_muted_reads_only_until_that_is_taken_back_and_others_write_beside_them() {
        User alice = person("alice");
        User bob = person("bob");
        User carol = person("carol");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.OPEN, carol.id(), NOW);
        refused(Kind.FORBIDDEN, () -> members.mute(ROOM, carol.id(), alice.id(), NOW));
        refused(Kind.FORBIDDEN, () -> members.mute(ROOM, alice.id(), carol.id(), NOW));
        assertThat(members.mute(ROOM, bob.id(), carol.id(), NOW)).isFalse();
        members.join(ROOM, bob.id(), NOW);
        Draft before = new Draft(bob, "before", "1");
        messages.append(ROOM, List.of(before), NOW);

        assertThat(members.mute(ROOM, bob.id(), carol.id(), NOW)).isTrue();
        assertThat(members.mute(ROOM, bob.id(), carol.id(), NOW)).isTrue();
        refused(Kind.FORBIDDEN, () -> messages.append(ROOM, List.of(new Draft(bob, "after", "2")), NOW));
        refused(Kind.FORBIDDEN, () -> messages.edit(ROOM, 1, bob.id(), "after", NOW));
        refused(Kind.FORBIDDEN, () -> messages.react(ROOM, 1, bob.id(), Emoji.LOVE, NOW));
        // What was stored before is acknowledged again.
        assertThat(messages.append(ROOM, List.of(before), NOW)).hasSize(1);
        messages.append(ROOM, List.of(new Draft(carol, "beside", "3")), NOW);
        messages.append(RoomId.LOBBY, List.of(new Draft(bob, "elsewhere", "4")), NOW);
        messages.delete(ROOM, 1, bob.id(), NOW);
        // Coming back helps nothing.
        members.leave(ROOM, bob.id());
        members.join(ROOM, bob.id(), NOW);
        assertThat(rooms.room(bob.id(), ROOM).orElseThrow().muted()).isTrue();
        assertThat(members.summary(ROOM, 10).orElseThrow().muted()).containsExactly(bob.id());

        members.unmute(ROOM, bob.id(), alice.id(), NOW);
        members.unmute(ROOM, bob.id(), alice.id(), NOW);
        messages.append(ROOM, List.of(new Draft(bob, "after", "2")), NOW);
        assertThat(register.deeds(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::action)
                .containsExactly(AuditEntry.Action.UNMUTED, AuditEntry.Action.MUTED);
    }

    @Test
    void the_register_goes_on_where_it_left_off_and_knows_no_private_chat() {
        User alice = person("alice");
        User bob = person("bob");
        User carol = person("carol");
        RoomId secret = rooms.direct(new RoomId("secret"), bob.id(), carol.id(), NOW);
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.CLOSED, bob.id(), NOW);
        for (int i = 1; i <= 3; i++) {
            messages.append(ROOM, List.of(new Draft(bob, "garden " + i, "" + i)), NOW);
            messages.append(RoomId.LOBBY, List.of(new Draft(bob, "lobby " + i, "" + i)), NOW);
            messages.append(secret, List.of(new Draft(bob, "secret " + i, "" + i)), NOW);
        }
        messages.delete(ROOM, 2, bob.id(), NOW);

        Optional<AdminMessage.Place> place = Optional.empty();
        StringBuilder read = new StringBuilder();
        while (true) {
            List<AdminMessage> page = register.messages(place, 2);
            page.forEach(remark -> read.append(remark.body()).append(", "));
            if (page.size() < 2) {
                break;
            }
            place = Optional.of(page.get(1).place());
        }
        assertThat(read).hasToString("lobby 3, lobby 2, lobby 1, garden 3, garden 1, ");
        // A place in a private chat is none.
        assertThat(register.messages(Optional.of(new AdminMessage.Place(secret, 1)), 10))
                .hasSize(5);
        assertThat(register.rooms(Optional.empty(), 1).get(0).name()).isEqualTo("Garden");
        assertThat(register.rooms(Optional.of(ROOM), 10))
                .extracting(room -> room.name())
                .containsExactly("Lobby");
        assertThat(register.rooms(Optional.of(secret), 10)).hasSize(2);
        for (ThrowingCallable onSecret : List.<ThrowingCallable>of(
                () -> admin.delete(alice.id(), secret, NOW),
                () -> admin.delete(alice.id(), new AdminMessage.Place(secret, 1), NOW),
                () -> admin.close(alice.id(), secret, NOW),
                () -> admin.takeOver(alice.id(), secret, NOW))) {
            refused(Kind.NOT_FOUND, onSecret);
        }
        assertThat(register.people("AR", "", 10))
                .extracting(resident -> resident.user().username())
                .containsExactly("carol");
        assertThat(register.people("", "alice", 1))
                .extracting(resident -> resident.user().username())
                .containsExactly("bob");
        assertThat(register.people("%", "", 10)).isEmpty();
        assertThat(register.deeds(Long.MAX_VALUE, 10)).isEmpty();
    }

    private static User other(List<User> people, User one) {
        return people.stream().filter(user -> !user.equals(one)).findFirst().orElseThrow();
    }

    private User person(String name) {
        return accounts.create(new NewAccount(name, "correct horse", Optional.empty()), "hash", NOW);
    }

    private static <T, R> List<R> atOnce(Stream<T> inputs, Function<T, R> action) {
        List<CompletableFuture<R>> all = inputs.map(input -> CompletableFuture.supplyAsync(() -> action.apply(input)))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static void refused(Kind kind, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
