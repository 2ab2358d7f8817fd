package chat.klatsch.web.membership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.Limit;
import chat.klatsch.core.RoomId;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests who becomes a member of a room, and how. */
class InvitationsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.with(config -> config.limit(Limit.ROOM_CHANGES_PER_MINUTE, 0));

    private final ChatClient alice = chat.user("alice");
    private final ChatClient bob = chat.user("bob");

    @Test
    void nobody_is_added_to_a_room_without_accepting_an_invitation() {
        ChatClient room = alice.makes("Cellar", "closed");
        room.posts("Only for members");
        assertThat(invite(room, "bob").statusCode()).isEqualTo(303);

        assertThat(bob.page("rooms/lobby").select("#rooms li").text()).doesNotContain("Cellar");
        assertThat(bob.page("rooms/lobby").select("#rooms .invitations").text()).isEqualTo("1 invitation");
        assertThat(bob.connects(room.at("live"))).isEqualTo(404);
        Document list = bob.page("rooms");
        assertThat(list.select("#invitations ~ ul").text()).contains("Cellar", "from alice (@alice)");
        HttpResponse<String> preview = bob.get("rooms/" + room.room());
        assertThat(Jsoup.parse(preview.body()).select(".sheet").text()).contains("alice (@alice) invites you", "Join");
        assertThat(preview.body()).doesNotContain("Only for members");
        assertThat(alice.page(room.at("about")).select(".invited").text()).contains("@bob, invited");
        assertThat(alice.page(room.at("about")).select(".member-list").text()).doesNotContain("bob");

        assertThat(bob.postStatus(room.at("join"), Map.of())).isEqualTo(303);
        assertThat(bob.page("rooms/" + room.room()).text()).contains("Only for members");
        assertThat(bob.page("rooms/lobby").select("#rooms .invitations")).isEmpty();
        assertThat(alice.page(room.at("about")).select(".invited")).isEmpty();
    }

    @Test
    void whoever_declines_is_not_invited_again_by_the_same_owner_or_to_the_same_room() {
        ChatClient carol = chat.user("carol");
        ChatClient dave = chat.user("dave");
        ChatClient room = alice.makes("Pub", "closed");
        invite(room, "carol");
        assertThat(carol.page("rooms/" + room.room()).select("a[href$=/decline]"))
                .hasSize(1);
        assertThat(carol.postStatus(room.at("decline"), Map.of())).isEqualTo(303);
        assertThat(carol.postStatus(room.at("decline"), Map.of())).isEqualTo(303);
        assertThat(carol.getStatus("rooms/" + room.room())).isEqualTo(404);
        assertThat(carol.postStatus(room.at("join"), Map.of())).isEqualTo(404);
        assertThat(carol.page("rooms").select("#invitations")).isEmpty();
        assertThat(dave.postStatus(room.at("decline"), Map.of())).isEqualTo(404);

        HttpResponse<String> again = invite(room, "carol");
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("declined an invitation").contains("value=\"carol\"");
        assertThat(invite(alice.makes("Bar", "closed"), "carol").statusCode()).isEqualTo(403);
        room.admits(dave);
        alice.post(room.at("transfer"), Map.of("username", "dave"));
        assertThat(invite(dave.in(room.room()), "carol").statusCode()).isEqualTo(403);
        assertThat(invite(dave.makes("Club", "closed"), "carol").statusCode()).isEqualTo(303);
    }

    @Test
    void an_owner_withdraws_an_invitation_and_a_ban_withdraws_all() {
        ChatClient erin = chat.user("erin");
        ChatClient spammer = chat.user("spammer");
        ChatClient room = alice.makes("Loft", "open");
        invite(room, "erin");
        assertThat(alice.postStatus(room.at("members/remove"), Map.of("username", "erin")))
                .isEqualTo(303);
        assertThat(erin.page("rooms").select("#invitations")).isEmpty();
        // She has not been a member, so nothing keeps her from joining.
        assertThat(erin.postStatus(room.at("join"), Map.of())).isEqualTo(303);

        invite(spammer.makes("Buy watches", "closed"), "erin");
        assertThat(erin.page("rooms").select("#invitations ~ ul").text()).contains("Buy watches");
        alice.post("admin/users/ban", Map.of("username", "spammer"));
        assertThat(erin.page("rooms").text()).doesNotContain("Buy watches");
    }

    @Test
    void the_open_invitations_of_a_user_are_bounded() {
        ChatClient frank = chat.user("frank");
        for (int number = 1; number <= 10; number++) {
            assertThat(invite(alice.makes("Party " + number, "closed"), "frank").statusCode())
                    .isEqualTo(303);
        }
        HttpResponse<String> refused = invite(alice.makes("Party 11", "closed"), "frank");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("frank has too many invitations");
        assertThat(invite(bob.makes("Quiet", "closed"), "frank").statusCode()).isEqualTo(303);
        assertThat(frank.page("rooms").select("#invitations ~ ul > li")).hasSize(11);
    }

    @Test
    void a_removed_member_does_not_walk_in_again_until_the_owner_invites_them() {
        ChatClient gina = chat.user("gina");
        ChatClient room = alice.makes("Square", "open");
        gina.post(room.at("join"), Map.of());
        alice.post(room.at("members/remove"), Map.of("username", "gina"));

        HttpResponse<String> refused = gina.post(room.at("join"), Map.of());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(refused.body()).select(".refusal").text()).contains("removed you from this room");
        alice.post(room.at("invitation"), Map.of());
        String code = alice.page(room.at("about")).select("input.link").val().replaceFirst(".*/", "");
        assertThat(gina.postStatus(room.at("join"), Map.of("invitation", code))).isEqualTo(403);
        assertThat(gina.getStatus(room.at("about"))).isEqualTo(404);
        // Others walk in, and whoever leaves comes back.
        assertThat(bob.postStatus(room.at("join"), Map.of())).isEqualTo(303);
        bob.post(room.at("leave"), Map.of());
        assertThat(bob.postStatus(room.at("join"), Map.of())).isEqualTo(303);

        room.admits(gina);
        gina.post(room.at("leave"), Map.of());
        assertThat(gina.postStatus(room.at("join"), Map.of())).isEqualTo(303);
    }

    @Test
    void the_list_of_open_rooms_has_pages_and_a_search() {
        ChatClient owner = chat.user("owner");
        for (int number = 0; number < 52; number++) {
            // The limit on new rooms is a burst of 30 for each user.
            (number < 26 ? owner : bob).makes("Many & more " + number, "open");
        }
        ChatClient real = owner.makes("Zoo", "open");
        alice.post(real.at("join"), Map.of());
        Document first = bob.page("rooms");
        assertThat(first.select("#open ~ ul li")).hasSize(50);
        assertThat(first.select("#open ~ ul li p").eachText()).contains("# Zoo 2 members");

        Document found = bob.page("rooms?q=many+%26+MORE");
        assertThat(found.select("[name=q]").val()).isEqualTo("many & MORE");
        assertThat(found.select("#open ~ ul li")).hasSize(50);
        Document rest =
                bob.page(found.select("a:contains(More rooms)").attr("href").substring(1));
        assertThat(rest.select("[name=q]").val()).isEqualTo("many & MORE");
        assertThat(rest.select("#open ~ ul li")).hasSize(2);
        assertThat(rest.select("a:contains(More rooms)")).isEmpty();
        assertThat(bob.page("rooms?q=nothing")
                        .select("[role=status]:not(#connection)")
                        .text())
                .isEqualTo("No open room has this name.");
        assertThat(bob.getStatus("rooms?q=%00%ff&after=nowhere")).isIn(200, 400);
        assertThat(bob.getStatus("rooms?after=../..")).isEqualTo(404);
    }

    @Test
    void programs_add_members_to_groups_without_asking() {
        ChatClient room = alice.makes("Staff", "closed");
        chat.server().rooms().add(new RoomId(room.room()), "BOB");
        assertThat(bob.page("rooms/lobby").select("#rooms li").text()).contains("Staff");
    }

    private static HttpResponse<String> invite(ChatClient room, String username) {
        return room.post(room.at("members"), Map.of("username", username));
    }
}
