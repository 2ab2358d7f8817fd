package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.room.RoomSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of open rooms. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class OpenRoomsTest extends StoreTest {
    private User alice;
    private User bob;

    @BeforeEach
    void open() {
        openFresh();
        alice = person("alice");
        bob = person("bob");
    }

    @Test
    void rooms_with_members_come_before_any_number_of_fresh_ones() {
        RoomId real = create("Zebras", Room.Kind.OPEN);
        members.join(real, bob.id(), NOW);
        for (int number = 0; number < 120; number++) {
            create("AAA " + number, Room.Kind.OPEN);
        }
        create("Secret", Room.Kind.CLOSED);

        List<String> all = new ArrayList<>();
        Optional<RoomId> after = Optional.empty();
        List<RoomPreview> page;
        do {
            page = rooms.openRooms(RoomSearch.of(""), after, 50);
            page.forEach(room -> all.add(room.name()));
            after = page.stream().reduce((one, next) -> next).map(RoomPreview::id);
        } while (page.size() == 50);
        assertThat(all).hasSize(121).doesNotHaveDuplicates().startsWith("Zebras", "AAA 0");
        assertThat(rooms.openRooms(RoomSearch.of(""), Optional.empty(), 1))
                .extracting(RoomPreview::members)
                .containsExactly(2);

        members.leave(real, bob.id(), NOW);
        assertThat(found("")).doesNotContain("Zebras");
        assertThat(found("zebra")).containsExactly("Zebras");
        members.join(real, bob.id(), NOW);
        changes.delete(bob.id(), NOW);
        assertThat(rooms.openRooms(RoomSearch.of("zebra"), Optional.empty(), 1))
                .extracting(RoomPreview::members)
                .containsExactly(1);
    }

    @Test
    void a_room_is_found_by_parts_of_its_name_in_any_case_and_with_or_without_accents() {
        for (String name : List.of("Café Zürich", "Smørrebrød & Æbler", "Straße", "日本語の部屋", "100% real_ones", "!!!")) {
            create(name, Room.Kind.OPEN);
        }
        assertThat(found("cafe")).containsExactly("Café Zürich");
        assertThat(found("ZURICH café")).containsExactly("Café Zürich");
        assertThat(found("  zü ")).containsExactly("Café Zürich");
        assertThat(found("ｃａｆｅ")).containsExactly("Café Zürich");
        assertThat(found("smorrebrod")).containsExactly("Smørrebrød & Æbler");
        assertThat(found("æbler, smør")).containsExactly("Smørrebrød & Æbler");
        assertThat(found("aebler &")).containsExactly("Smørrebrød & Æbler");
        assertThat(found("STRASSE")).containsExactly("Straße");
        assertThat(found("部屋")).containsExactly("日本語の部屋");
        assertThat(found("real_")).containsExactly("100% real_ones");
        assertThat(found("!!!")).containsExactly("!!!");
        assertThat(found("café tea")).isEmpty();
        assertThat(found("'; drop table rooms; --")).isEmpty();
        assertThat(found("x".repeat(5_000))).isEmpty();
        assertThat(found("Lobby")).isEmpty();
        assertThat(found("\u0000 \ud800")).hasSize(6);
        assertThat(found(String.join(
                        " ", IntStream.range(0, 500).mapToObj(number -> "cafe").toList())))
                .hasSize(1);
    }

    private List<String> found(String typed) {
        return rooms.openRooms(RoomSearch.of(typed), Optional.empty(), 50).stream()
                .map(RoomPreview::name)
                .toList();
    }

    private RoomId create(String name, Room.Kind kind) {
        RoomId id = RoomId.random();
        rooms.create(id, new RoomName(name), kind, alice.id(), NOW);
        return id;
    }
}
