package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.InboxStore;
import chat.klatsch.message.Draft;
import chat.klatsch.store.room.SqlInboxStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the inbox store. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class InboxStoreTest extends StoreTest {
    @Test
    void unread_messages_and_mentions_are_counted_separately() {
        openFresh();
        SqlInboxStore inboxes = new SqlInboxStore(database);
        User alice = person("alice");
        User bob = person("Bob");
        append(
                new Draft(alice, "hello", "1"),
                new Draft(alice, "@bob, are you there?", "2"),
                new Draft(alice, "@BOB @alice @nobody", "3"));
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

        messages.edit(RoomId.LOBBY, 3, alice.id(), "nobody at all", NOW);
        assertThat(inboxes.unread(RoomId.LOBBY, List.of(bob.id())))
                .containsEntry(bob.id(), new InboxStore.Unread(1, 0));
    }
}
