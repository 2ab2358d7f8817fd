package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminUser;
import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.admin.SqlAdminQueries;
import chat.klatsch.store.admin.SqlAdminStore;
import chat.klatsch.store.draft.SqlDraftStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the admin store and its queries. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class AdminStoreTest extends StoreTest {
    private static final RoomId ROOM = new RoomId("garden");
    private static final RoomId OTHER = new RoomId("other");

    private SqlAdminStore admin;
    private SqlAdminQueries queries;

    @BeforeEach
    void open() {
        openFresh();
        admin = new SqlAdminStore(database);
        queries = new SqlAdminQueries(database);
    }

    @Test
    void of_concurrent_first_users_one_is_operator_and_the_last_operator_stays() {
        List<User> people = atOnce(Stream.of("alice", "bob", "carol", "dave"), this::person);
        List<User> operators =
                people.stream().filter(user -> queries.isOperator(user.id())).toList();
        assertThat(operators).hasSize(1);
        assertThat(queries.isOperator(person("erin").id())).isFalse();

        User first = operators.get(0);
        refused(Kind.INVALID, () -> admin.dismiss(first.id(), first.id(), NOW));
        refused(Kind.INVALID, () -> changes.delete(first.id(), NOW));
        people.forEach(user -> admin.appoint(first.id(), user.id(), NOW));
        atOnce(people.stream(), user -> {
            try {
                admin.dismiss(user.id(), user.id(), NOW);
            } catch (ChatException last) {
                assertThat(last.kind()).isEqualTo(Kind.INVALID);
            }
            return user;
        });
        User remaining = people.stream()
                .filter(user -> queries.isOperator(user.id()))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one");
                })
                .orElseThrow();
        refused(Kind.FORBIDDEN, () -> admin.ban(other(people, remaining).id(), remaining.id(), "", NOW));
    }

    @Test
    void the_oldest_account_becomes_operator_on_upgrade() throws SQLException {
        User gone = person("gone");
        User alice = person("alice");
        person("bob");
        admin.appoint(gone.id(), alice.id(), NOW);
        changes.delete(gone.id(), NOW);
        database.close();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "drop table klatsch_answers",
                    "create index klatsch_messages_by_reply on klatsch_messages (room_id, reply_to)",
                    "drop index klatsch_audit_by_role",
                    "drop table klatsch_audit",
                    "drop table klatsch_mutes",
                    "drop index klatsch_messages_by_time",
                    "alter table klatsch_users drop column operator",
                    "alter table klatsch_users drop column banned_at",
                    "delete from klatsch_migrations where version > 5")) {
                statement.execute(sql);
            }
        }
        reopen();
        queries = new SqlAdminQueries(database);
        assertThat(queries.users("", "", 10))
                .filteredOn(AdminUser::operator)
                .extracting(AdminUser::user)
                .containsExactly(alice);
    }

    @Test
    void a_muted_user_only_reads_until_unmuted_and_others_still_post() {
        User alice = person("alice");
        User bob = person("bob");
        User carol = person("carol");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.OPEN, carol.id(), NOW);
        refused(Kind.FORBIDDEN, () -> members.mute(ROOM, carol.id(), alice.id(), "", NOW));
        refused(Kind.FORBIDDEN, () -> members.mute(ROOM, alice.id(), carol.id(), "", NOW));
        assertThat(members.mute(ROOM, bob.id(), carol.id(), "", NOW)).isFalse();
        members.join(ROOM, bob.id(), NOW);
        Draft before = new Draft(bob, "before", "1");
        messages.append(ROOM, List.of(before), NOW);

        assertThat(members.mute(ROOM, bob.id(), carol.id(), "", NOW)).isTrue();
        assertThat(members.mute(ROOM, bob.id(), carol.id(), "", NOW)).isTrue();
        refused(Kind.FORBIDDEN, () -> messages.append(ROOM, List.of(new Draft(bob, "after", "2")), NOW));
        refused(Kind.FORBIDDEN, () -> messages.edit(ROOM, 1, bob.id(), new Edit("after"), NOW));
        refused(Kind.FORBIDDEN, () -> messages.react(ROOM, 1, bob.id(), Emoji.LOVE, NOW));
        // A repeated post is still acknowledged.
        assertThat(messages.append(ROOM, List.of(before), NOW)).hasSize(1);
        messages.append(ROOM, List.of(new Draft(carol, "beside", "3")), NOW);
        messages.append(RoomId.LOBBY, List.of(new Draft(bob, "elsewhere", "4")), NOW);
        messages.delete(ROOM, 1, bob.id(), NOW);
        // Rejoining does not remove the mute.
        members.leave(ROOM, bob.id(), NOW);
        members.join(ROOM, bob.id(), NOW);
        assertThat(rooms.room(bob.id(), ROOM).orElseThrow().muted()).isTrue();
        assertThat(members.summary(ROOM, 10).orElseThrow().muted()).containsExactly(bob.id());

        members.unmute(ROOM, bob.id(), alice.id(), NOW);
        members.unmute(ROOM, bob.id(), alice.id(), NOW);
        messages.append(ROOM, List.of(new Draft(bob, "after", "2")), NOW);
        // Alice is an operator, Carol owns the room.
        assertThat(queries.auditEntries(true, Long.MAX_VALUE, 10))
                .extracting(AuditEntry::action)
                .containsExactly(AuditEntry.Action.UNMUTED);
        assertThat(queries.auditEntries(false, Long.MAX_VALUE, 10))
                .extracting(AuditEntry::action)
                .containsExactly(AuditEntry.Action.MUTED);
    }

    @Test
    void taking_over_a_room_forgets_an_invitation_and_a_removal_of_the_operator() {
        User alice = person("alice");
        User dave = person("dave");
        User carol = person("carol");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.CLOSED, dave.id(), NOW);
        members.join(ROOM, alice.id(), NOW);
        members.join(ROOM, carol.id(), NOW);
        members.remove(dave.id(), ROOM, alice.id(), NOW);
        invitations.invite(dave.id(), ROOM, alice, NOW);
        rooms.transfer(dave.id(), ROOM, carol.id());
        admin.ban(alice.id(), carol.id(), "", NOW);

        admin.takeOver(alice.id(), ROOM, NOW);
        admin.unban(alice.id(), carol.id(), NOW);
        assertThat(invitations.of(alice.id(), NOW)).isEmpty();
        assertThat(rooms.transfer(alice.id(), ROOM, carol.id())).isTrue();
        assertThat(members.remove(carol.id(), ROOM, alice.id(), NOW)).isTrue();
    }

    @Test
    void a_ban_waits_for_each_room_without_the_lock_of_another() throws Exception {
        User alice = person("alice");
        User bob = person("bob");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.OPEN, bob.id(), NOW);
        rooms.create(OTHER, new RoomName("Other"), Room.Kind.OPEN, bob.id(), NOW);
        members.join(ROOM, alice.id(), NOW);
        members.join(OTHER, alice.id(), NOW);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<Boolean> writer = CompletableFuture.supplyAsync(() -> database.inTransaction(handle -> {
            RoomLock.lock(handle, OTHER);
            locked.countDown();
            return wait(release);
        }));
        locked.await();
        admin.ban(alice.id(), bob.id(), "", NOW);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> admin.awaitWrites(bob.id()));
        for (int i = 1; i <= 20; i++) {
            assertThat(messages.append(ROOM, List.of(new Draft(alice, "meanwhile", "" + i)), NOW))
                    .hasSize(1);
        }
        assertThat(waiting).isNotDone();
        release.countDown();
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
        assertThat(writer).isCompletedWithValue(true);
    }

    @Test
    void a_banned_owner_or_moderator_does_nothing_more() {
        User alice = person("alice");
        User bob = person("bob");
        User carol = person("carol");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.OPEN, bob.id(), NOW);
        members.join(ROOM, carol.id(), NOW);
        invitations.invite(bob.id(), ROOM, alice, NOW);
        admin.ban(alice.id(), bob.id(), "", NOW);
        admin.awaitWrites(bob.id());
        for (ThrowingCallable action : List.<ThrowingCallable>of(
                () -> members.mute(ROOM, carol.id(), bob.id(), "", NOW),
                () -> members.unmute(ROOM, carol.id(), bob.id(), NOW),
                () -> members.remove(bob.id(), ROOM, carol.id(), NOW),
                () -> invitations.invite(bob.id(), ROOM, alice, NOW),
                () -> invitations.removeLink(bob.id(), ROOM),
                () -> rooms.change(bob.id(), ROOM, new RoomName("Mine"), Room.Kind.OPEN, false),
                () -> rooms.transfer(bob.id(), ROOM, carol.id()),
                () -> rooms.delete(bob.id(), ROOM))) {
            refused(Kind.FORBIDDEN, action);
        }
        refused(Kind.FORBIDDEN, () -> members.mute(ROOM, bob.id(), carol.id(), "", NOW));
        assertThat(invitations.of(alice.id(), NOW)).isEmpty();
        SqlDraftStore drafts = new SqlDraftStore(database);
        SavedDraft draft = new SavedDraft("text", OptionalLong.empty(), new DraftVersion("k", 1));
        refused(Kind.NOT_FOUND, () -> drafts.save(bob.id(), ROOM, draft, Optional.empty()));
        assertThat(drafts.save(carol.id(), ROOM, draft, Optional.empty())).isTrue();
    }

    @Test
    void admin_lists_continue_from_a_cursor_and_exclude_private_chats() {
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

        Optional<AdminMessage.Id> place = Optional.empty();
        StringBuilder read = new StringBuilder();
        while (true) {
            List<AdminMessage> page = queries.messages(place, 2);
            page.forEach(message -> read.append(message.body()).append(", "));
            if (page.size() < 2) {
                break;
            }
            place = Optional.of(page.get(1).id());
        }
        assertThat(read).hasToString("lobby 3, lobby 2, lobby 1, garden 3, garden 1, ");
        // A cursor in a private chat is ignored.
        assertThat(queries.messages(Optional.of(new AdminMessage.Id(secret, 1)), 10))
                .hasSize(5);
        assertThat(queries.rooms(Optional.empty(), 1).get(0).name()).isEqualTo("Garden");
        assertThat(queries.rooms(Optional.of(ROOM), 10))
                .extracting(room -> room.name())
                .containsExactly("Lobby");
        assertThat(queries.rooms(Optional.of(secret), 10)).hasSize(2);
        for (ThrowingCallable action : List.<ThrowingCallable>of(
                () -> admin.delete(alice.id(), secret, NOW),
                () -> admin.delete(alice.id(), new AdminMessage.Id(secret, 1), NOW),
                () -> admin.close(alice.id(), secret, NOW),
                () -> admin.takeOver(alice.id(), secret, NOW))) {
            refused(Kind.NOT_FOUND, action);
        }
        assertThat(queries.users("AR", "", 10))
                .extracting(found -> found.user().username())
                .containsExactly("carol");
        assertThat(queries.users("", "alice", 1))
                .extracting(found -> found.user().username())
                .containsExactly("bob");
        assertThat(queries.users("%", "", 10)).isEmpty();
        assertThat(queries.auditEntries(true, Long.MAX_VALUE, 10)).isEmpty();
    }

    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static User other(List<User> people, User one) {
        return people.stream().filter(user -> !user.equals(one)).findFirst().orElseThrow();
    }

    private static <T, R> List<R> atOnce(Stream<T> inputs, Function<T, R> action) {
        List<CompletableFuture<R>> all = inputs.map(input -> CompletableFuture.supplyAsync(() -> action.apply(input)))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }
}
