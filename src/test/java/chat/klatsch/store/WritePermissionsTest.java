package chat.klatsch.store;

import static chat.klatsch.fixture.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ChatException.Kind;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.store.admin.SqlAdminStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks who may write to a room, and that nobody does afterwards. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class WritePermissionsTest extends StoreTest {
    private static final RoomId ROOM = new RoomId("garden");

    private SqlAdminStore admin;

    @BeforeEach
    void open() {
        openFresh();
        admin = new SqlAdminStore(database);
    }

    @Test
    void no_write_of_a_user_follows_the_end_of_the_right_to_write() {
        User owner = person("alice");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.OPEN, owner.id(), NOW);
        Map<String, Consumer<User>> ends = Map.of(
                "banned",
                        user -> {
                            admin.ban(owner.id(), user.id(), "", NOW);
                            admin.awaitWrites(user.id());
                        },
                "removed", user -> members.remove(owner.id(), ROOM, user.id(), NOW),
                "muted", user -> members.mute(ROOM, user.id(), owner.id(), "", NOW),
                "deleted", user -> changes.delete(user.id(), NOW));
        ends.forEach((name, end) -> {
            User user = person(name);
            members.join(ROOM, user.id(), NOW);
            long own = messages.append(ROOM, List.of(new Draft(user, "first", "1")), NOW)
                    .get(0)
                    .message()
                    .seq();
            List<Writer> writers = List.of(
                    new Writer(i -> messages.append(ROOM, List.of(new Draft(user, "more", "p" + i)), NOW)),
                    new Writer(i -> messages.append(ROOM, List.of(new Draft(user, "and more", "q" + i)), NOW)),
                    new Writer(i -> messages.edit(ROOM, own, user.id(), new Edit("edit " + i), NOW)),
                    new Writer(i -> {
                        messages.react(ROOM, own, user.id(), Emoji.LOVE, NOW);
                        messages.unreact(ROOM, own, user.id(), Emoji.LOVE);
                    }));
            List<CompletableFuture<Void>> refusals =
                    writers.stream().map(CompletableFuture::runAsync).toList();
            eventually(() -> writers.stream().allMatch(writer -> writer.writes.get() > 20));
            end.accept(user);
            long version = messages.version(ROOM);
            refusals.forEach(refusal -> assertThat(refusal).as(name).failsWithin(Duration.ofSeconds(10)));
            assertThat(messages.version(ROOM)).as(name).isEqualTo(version);
        });
    }

    @Test
    void members_delete_their_own_messages_and_moderators_those_of_others() {
        User alice = person("alice");
        User bob = person("bob");
        User carol = person("carol");
        rooms.create(ROOM, new RoomName("Garden"), Room.Kind.OPEN, carol.id(), NOW);
        RoomId direct = rooms.direct(new RoomId("secret"), alice.id(), bob.id(), NOW);
        messages.append(direct, List.of(new Draft(bob, "secret", "1")), NOW);
        members.join(ROOM, bob.id(), NOW);
        for (int i = 1; i <= 5; i++) {
            messages.append(ROOM, List.of(new Draft(i == 4 ? carol : bob, "garden", "" + i)), NOW);
        }
        messages.delete(ROOM, 1, bob.id(), NOW);
        messages.delete(ROOM, 2, carol.id(), NOW);
        refused(Kind.FORBIDDEN, () -> messages.delete(ROOM, 4, bob.id(), NOW));
        refused(Kind.FORBIDDEN, () -> messages.delete(ROOM, 3, alice.id(), NOW));
        members.join(ROOM, alice.id(), NOW);
        messages.delete(ROOM, 3, alice.id(), NOW);
        refused(Kind.FORBIDDEN, () -> messages.delete(direct, 1, alice.id(), NOW));
        admin.ban(alice.id(), bob.id(), "", NOW);
        refused(Kind.FORBIDDEN, () -> messages.delete(ROOM, 5, bob.id(), NOW));
    }

    /** Writes until it is refused. */
    private static final class Writer implements Runnable {
        final AtomicInteger writes = new AtomicInteger();
        private final IntConsumer write;

        Writer(IntConsumer write) {
            this.write = write;
        }

        @Override
        public void run() {
            while (true) {
                write.accept(writes.incrementAndGet());
            }
        }
    }
}
