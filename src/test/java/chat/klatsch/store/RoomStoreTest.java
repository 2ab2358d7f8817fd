package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.event.LocalEventBus;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Invitation;
import chat.klatsch.room.Invitations;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.store.room.SqlInboxStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contracts of the room store and the membership store, tested through the membership service. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class RoomStoreTest extends StoreTest {
    private static final RoomName NAME = new RoomName("Garden");

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    private final List<Event.RoomChanged> roomChanges = new CopyOnWriteArrayList<>();
    private Instant now = NOW;
    private MembershipService memberships;
    private User alice;
    private User bob;

    @BeforeEach
    void open() {
        openFresh();
        EventBus bus = new LocalEventBus();
        bus.subscribe(new Recorder());
        memberships = new MembershipService(rooms, members, invitations, bus, new MovableClock());
        alice = person("alice");
        bob = person("bob");
    }

    @Test
    void the_lobby_exists_from_the_first_start() {
        assertThat(rooms.membershipsOf(alice.id(), NOW))
                .singleElement()
                .satisfies(membership -> assertThat(membership.room().id()).isEqualTo(RoomId.LOBBY));
        assertThat(rooms.room(alice.id(), RoomId.LOBBY)).isPresent();
        assertThat(rooms.room(alice.id(), new RoomId("elsewhere"))).isEmpty();
        assertThat(messages.lastSeq(RoomId.LOBBY)).isZero();
    }

    @Test
    void concurrent_requests_for_a_private_chat_create_one() {
        Set<RoomId> rooms = new HashSet<>(together(
                () -> memberships.privateChats().open(alice, bob),
                () -> memberships.privateChats().open(bob, alice)));
        assertThat(rooms).hasSize(1);
        RoomId room = rooms.iterator().next();
        assertThat(memberships.room(alice, room).partner()).contains(bob);
        assertThat(memberships.room(bob, room).name()).isEqualTo("alice");
        assertThat(changes(room)).hasSize(2);
        refused(Kind.INVALID, () -> memberships.privateChats().open(alice, alice));
    }

    @Test
    void an_invitation_admits_to_its_room_for_a_week_until_replaced_or_revoked() {
        RoomId room = create(alice, NAME, false);
        RoomId another = create(alice, NAME, false);
        String code = invite(room).code();
        refused(Kind.NOT_FOUND, () -> memberships.join(bob, false, another, code));
        refused(Kind.NOT_FOUND, () -> memberships.join(bob, false, room, ""));

        now = now.plus(Invitations.LIFETIME).minusSeconds(1);
        assertThat(memberships.invitations().roomOf(code).id()).isEqualTo(room);
        now = now.plusSeconds(1);
        refused(Kind.NOT_FOUND, () -> memberships.invitations().roomOf(code));
        refused(Kind.NOT_FOUND, () -> memberships.join(bob, false, room, code));

        String second = invite(room).code();
        String third = invite(room).code();
        refused(Kind.NOT_FOUND, () -> memberships.join(bob, false, room, second));
        memberships.join(bob, false, room, third);
        memberships.ownership(alice, memberships.room(alice, room)).revokeInvitation();
        refused(Kind.NOT_FOUND, () -> memberships.invitations().roomOf(third));
        // A member needs no invitation.
        memberships.join(bob, false, room, third);
        assertThat(changes(room)).hasSize(2);
    }

    @Test
    void an_unanswered_invitation_by_name_counts_until_it_expires() {
        RoomId room = create(alice, NAME, false);
        memberships.ownership(alice, memberships.room(alice, room)).invite(bob);
        assertThat(invitationsOf(bob, now.plus(Invitations.LIFETIME).minusSeconds(1)))
                .containsOnly(1);
        assertThat(invitationsOf(bob, now.plus(Invitations.LIFETIME))).containsOnly(0);
        memberships.invitations().decline(bob, room);
        assertThat(invitationsOf(bob, now)).containsOnly(0);
    }

    /** Returns the count in the user's list, as the page and as its updates show it. */
    private List<Integer> invitationsOf(User user, Instant time) {
        return Stream.of(
                        rooms.membershipsOf(user.id(), time),
                        new SqlInboxStore(database)
                                .memberships(List.of(user.id()), time)
                                .get(user.id()))
                .map(list -> list.get(0).invitations())
                .toList();
    }

    @Test
    void a_removed_member_cannot_rejoin_with_the_invitation() {
        RoomId room = create(alice, NAME, false);
        String code = invite(room).code();
        memberships.join(bob, false, room, code);
        memberships.ownership(alice, memberships.room(alice, room)).remove(bob);
        refused(Kind.NOT_FOUND, () -> memberships.join(bob, false, room, code));
    }

    @Test
    void a_room_can_require_verified_addresses_to_join() {
        RoomId room = create(alice, NAME, true);
        memberships.ownership(alice, memberships.room(alice, room)).change(NAME, true, true);
        refused(Kind.FORBIDDEN, () -> memberships.join(bob, false, room, ""));
        memberships.join(bob, true, room, "");
        assertThat(memberships.room(bob, room).verifiedOnly()).isTrue();
    }

    @Test
    void concurrent_joins_and_leaves_happen_once() {
        RoomId room = create(alice, NAME, true);
        together(() -> join(room), () -> join(room));
        assertThat(changes(room)).hasSize(2);
        Room his = memberships.room(bob, room);
        together(() -> leave(his), () -> leave(his));
        assertThat(changes(room)).hasSize(3);
        refused(Kind.NOT_FOUND, () -> memberships.room(bob, room));
    }

    @Test
    void the_owner_is_a_member_even_if_transfer_and_leaving_race() {
        for (int round = 0; round < 10; round++) {
            RoomId room = create(alice, NAME, false);
            Room hers = memberships.room(alice, room);
            memberships.add(room, bob);
            Room his = memberships.room(bob, room);
            together(
                    1,
                    List.of(
                            () -> attempt(
                                    () -> memberships.ownership(alice, hers).transfer(bob)),
                            () -> leave(his)));
            boolean stayed = members.members(room, List.of(bob.id())).contains(bob);
            assertThat(memberships.room(alice, room).isOwnedBy(stayed ? bob : alice))
                    .as("he has stayed: %s", stayed)
                    .isTrue();
        }
    }

    @Test
    void a_room_deleted_during_joins_leaves_and_posts_is_gone_for_all() {
        for (int round = 0; round < 5; round++) {
            RoomId room = create(alice, NAME, true);
            Room hers = memberships.room(alice, room);
            Room his = new Room(
                    room, Room.Kind.OPEN, "", Optional.empty(), Optional.empty(), false, Optional.empty(), false);
            List<Kind> refusals = together(
                            2,
                            List.<Supplier<Optional<Kind>>>of(
                                    () -> attempt(() ->
                                            memberships.ownership(alice, hers).delete()),
                                    () -> join(room),
                                    () -> attempt(
                                            () -> messages.append(room, List.of(new Draft(alice, "Hello", "")), now)),
                                    () -> leave(his)))
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(refusals).isSubsetOf(Kind.NOT_FOUND);
            refused(Kind.NOT_FOUND, () -> messages.lastSeq(room));
            refused(Kind.NOT_FOUND, () -> messages.append(room, List.of(new Draft(alice, "Hello", "")), now));
            assertThat(members.members(room, List.of(alice.id(), bob.id()))).isEmpty();
            assertThat(members.summary(room, 10)).isEmpty();
        }
    }

    @Test
    void open_room_names_differ_by_more_than_case_width_accents_and_spaces() {
        RoomId cafe = create(alice, new RoomName("Café Crème"), true);
        for (String same :
                List.of("CAFE CREME", "ｃａｆｅ ｃｒｅｍｅ", "Cafe\u0301-creme!", "café\u00a0 crème", "Caf\u200dé Creme")) {
            refused(Kind.TAKEN, () -> create(bob, new RoomName(same), true));
        }
        RoomId closed = create(bob, new RoomName("cafe creme"), false);
        refused(
                Kind.TAKEN,
                () -> memberships
                        .ownership(bob, memberships.room(bob, closed))
                        .change(new RoomName("cafe creme"), true, false));
        for (String other :
                List.of("Café Crema", "!!!", "???", "का", "कि", "🎉".repeat(64), "\ufdfa".repeat(64), "⁗".repeat(64))) {
            create(bob, new RoomName(other), true);
        }
        for (String lobby : List.of("L o b b y", "L\u043ebby")) {
            refused(Kind.TAKEN, () -> create(bob, new RoomName(lobby), true));
        }
        memberships.ownership(alice, memberships.room(alice, cafe)).change(new RoomName("Tea"), true, false);
        create(bob, new RoomName("Café Crème"), true);
    }

    @Test
    void a_room_name_is_visible_text_of_at_most_64_characters() {
        for (String wrong : List.of(
                "",
                " \u00a0\u200b",
                "\u3164",
                "x".repeat(65),
                "\u202eabc",
                "a\u2066b",
                "a\u200bb",
                "a\ufeffb",
                "a\ue000")) {
            refused(Kind.INVALID, () -> new RoomName(wrong));
        }
        assertThat(new RoomName(" a\t\u2028 b\u00a0").value()).isEqualTo("a b");
        assertThat(new RoomName("a\u0000b\u0007\ud800").value()).isEqualTo("ab");
        assertThat(new RoomName("e\u0301".repeat(64)).value()).isEqualTo("é".repeat(64));
        assertThat(new RoomName("👩\u200d🚀").value()).isEqualTo("👩\u200d🚀");
    }

    @Test
    void a_summary_holds_what_every_member_sees() {
        RoomId room = create(bob, NAME, false);
        memberships.add(room, alice);
        assertThat(members.summary(room, 1))
                .contains(new RoomSummary("Garden", Room.Kind.CLOSED, 2, List.of(alice), Set.of()));
        assertThat(members.summary(RoomId.LOBBY, 10))
                .contains(new RoomSummary("Lobby", Room.Kind.PUBLIC, 0, List.of(), Set.of()));
        assertThat(members.membersAmong(List.of(room, RoomId.LOBBY, new RoomId("x")), List.of(alice.id())))
                .isEqualTo(Map.of(room, Set.of(alice.id()), RoomId.LOBBY, Set.of(alice.id())));
        assertThat(members.members(room, "ALICE", 10)).containsExactly(bob);
        assertThat(members.members(room, List.of(bob.id(), new UserId(-1)))).containsExactly(bob);
    }

    private Invitation invite(RoomId room) {
        return memberships.ownership(alice, memberships.room(alice, room)).invite();
    }

    private Optional<Kind> join(RoomId room) {
        return attempt(() -> memberships.join(bob, false, room, ""));
    }

    private RoomId create(User owner, RoomName name, boolean open) {
        RoomId room = RoomId.random();
        memberships.create(room, owner, name, open);
        return room;
    }

    private Optional<Kind> leave(Room room) {
        return attempt(() -> memberships.leave(bob, room));
    }

    /** Returns the kind of the refusal, if any. */
    private static Optional<Kind> attempt(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (ChatException refusal) {
            return Optional.of(refusal.kind());
        }
    }

    private <T> List<T> together(Supplier<T> one, Supplier<T> other) {
        return together(4, List.of(one, other));
    }

    /** Starts every action the given number of times, all at the same moment. */
    private <T> List<T> together(int times, List<Supplier<T>> actions) {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<T>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            actions.stream()
                    .map(action -> CompletableFuture.supplyAsync(
                            () -> {
                                await(start);
                                return action.get();
                            },
                            threads))
                    .forEach(all::add);
        }
        start.countDown();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private List<Event.RoomChanged> changes(RoomId room) {
        return roomChanges.stream().filter(change -> change.room().equals(room)).toList();
    }

    private final class Recorder implements EventListener {
        @Override
        public void onRoomChanged(Event.RoomChanged event) {
            roomChanges.add(event);
        }

        @Override
        public void onRoomUpdated(Event.RoomUpdated event) {}

        @Override
        public void onMessagesRead(Event.MessagesRead event) {}

        @Override
        public void onUserTyping(Event.UserTyping event) {}

        @Override
        public void onUserRenamed(Event.UserRenamed event) {}

        @Override
        public void onSessionsRevoked(Event.SessionsRevoked event) {}

        @Override
        public void onSessionReplaced(Event.SessionReplaced event) {}
    }

    private final class MovableClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
