package chat.klatsch.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import chat.klatsch.fixture.LongTexts;
import chat.klatsch.fixture.Postgres;
import chat.klatsch.fixture.QuietLog;
import chat.klatsch.fixture.RawHttp;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Abuse by characters: those that cannot be stored, that mislead, or that take long to read. Both engines keep the same. */
@ExtendWith(QuietLog.class)
class TextsTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    @RegisterExtension
    static final ChatExtension embedded = ChatExtension.with(
            config -> config.passwordMemory(1).limit(Limit.POSTS_PER_MINUTE, 0).limit(Limit.MESSAGE_LENGTH, 20_000));

    @RegisterExtension
    static final ChatExtension large = ChatExtension.with(config -> config.passwordMemory(1)
            .databaseUrl(postgres.fresh())
            .limit(Limit.POSTS_PER_MINUTE, 0)
            .limit(Limit.MESSAGE_LENGTH, 20_000));

    private final List<ChatClient> users =
            Stream.of(embedded, large).map(chat -> chat.user("alice")).toList();

    private final ChatClient alice = users.get(0);

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0\0", " \u0001\u001f\u007f\u0085 "})
    void a44_control_characters_alone_are_answered_422_and_dropped_from_a_text(String controls) {
        for (ChatClient user : users) {
            assertThat(user.postStatus(user.at("messages"), Map.of("body", controls)))
                    .isEqualTo(422);
            assertThat(user.postStatus(user.at("messages"), Map.of("body", "x", "key", controls + "key")))
                    .isEqualTo(422);
            assertThat(user.postStatus("rooms", Map.of("name", controls, "kind", "open")))
                    .isEqualTo(422);
            assertThat(user.postStatus("login", Map.of("login", "alice" + controls + "x", "password", controls)))
                    .isIn(401, 429);
            assertThat(stored(user, "a" + controls.strip() + "b")).isEqualTo("ab");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800"})
    void a45_half_a_surrogate_pair_alone_is_refused_and_dropped_from_a_text(String escaped) {
        for (ChatClient user : users) {
            ChatClient tab = user.tab().connect();
            tab.sends("{\"body\":\"%s\"}".formatted(escaped));
            await().until(() -> tab.notices().size() == 1);
            assertThat(tab.notices().get(0)).doesNotContain("logged");
            String text = "half " + escaped.length() + escaped.hashCode();
            tab.sends("{\"body\":\"%s%s\"}".formatted(text, escaped));
            tab.sees(text);
            tab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ed%a0%80", "%ed%b0%80", "%c0%80", "%ff", "%e2%82", "%f5%80%80%80"})
    void a45_bytes_of_a_form_that_are_not_utf_8_become_replacement_characters(String encoded) {
        List<String> kept = new ArrayList<>();
        for (ChatExtension chat : List.of(embedded, large)) {
            ChatClient room = chat.user("alice").makes("Bytes " + System.nanoTime(), "closed");
            String form = "body=before" + encoded + "after&key=bytes";
            assertThat(RawHttp.request(
                                    chat.port(),
                                    "POST /" + room.at("messages") + " HTTP/1.1",
                                    room.cookieLine(),
                                    "Content-Type: application/x-www-form-urlencoded",
                                    "Content-Length: " + form.length(),
                                    "",
                                    form)
                            .status())
                    .isEqualTo(303);
            kept.add(room.page("rooms/" + room.room()).select(".body").text());
        }
        assertThat(kept.get(0)).matches("before\ufffd+after").isEqualTo(kept.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👩‍👩‍👧‍👦 🇩🇪 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ ☎︎",
                "e\u0301 \u00e9 \u1e69 s\u0323\u0307 q\u0307\u0323",
                "مرحبا שלום नमस्ते สวัสดี 한국어 \u1112\u1161\u11ab 日本語 Ωµ ﬁ ① ｆｕｌｌ",
                "a\u00a0b\u2009c\u3000d\u200be\u200df\u2060g",
                "\ud83d\ude00\ud835\udd38\ud840\udc0b\udbff\udffd \ufffd\uffff\ufdd0",
                "tab\tand\n\n  lines",
                "\\0 \\u0000 \\x00 '' \" \\ % _ ? :x $1"
            })
    void a46_every_other_character_is_the_same_on_both_databases(String text) {
        List<String> kept = users.stream().map(user -> stored(user, text)).toList();
        assertThat(kept.get(0))
                .isEqualTo(kept.get(1))
                .isEqualTo(java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC));
        assertThat(users)
                .allSatisfy(user -> assertThat(
                                stored(user, java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)))
                        .isEqualTo(kept.get(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob\u202e",
                "\u2066bob",
                "b\u200bob",
                "bob\u200d",
                "bob\u00ad",
                "\ufeffbob",
                "b\u034fob",
                "bob",
                "BOB",
                "@bob",
                "b o b",
                "ｂｏｂ",
                "𝐛𝐨𝐛",
                "b\u043eb",
                "b\u03bfb",
                "\u042cob\u202c"
            })
    void a47_a_display_name_cannot_hide_turn_or_imitate_another_users(String name) {
        embedded.user("bob");
        int status = alice.postStatus("settings", Map.of("name", name, "about", "", "zone", "UTC"));
        assertThat(status).isIn(409, 422);
        assertThat(embedded.visitor()
                        .postStatus("signup", Map.of("username", name + "\u0430", "password", ChatClient.PASSWORD)))
                .isEqualTo(422);
    }

    @Test
    void a49_no_text_takes_more_than_fifty_milliseconds_to_post_or_to_draw() {
        List<String> texts = new LongTexts(2_000).all().toList();
        alice.posts(texts.get(0));
        List<Duration> delays = new ArrayList<>();
        for (String text : texts) {
            long start = ManagementFactory.getRuntimeMXBean().getUptime();
            alice.post("rooms/lobby/messages", Map.of("body", text));
            delays.add(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime() - start));
        }
        Collections.sort(delays);
        assertThat(delays.get(delays.size() / 2)).isLessThan(Duration.ofMillis(50));
        assertThat(delays.get(delays.size() - 1)).isLessThan(Duration.ofSeconds(2));
        long start = ManagementFactory.getRuntimeMXBean().getUptime();
        assertThat(alice.getStatus("rooms/lobby")).isEqualTo(200);
        assertThat(ManagementFactory.getRuntimeMXBean().getUptime() - start).isLessThan(50 * 50);
    }

    /** Posts a text and returns it as others get it. */
    private static String stored(ChatClient user, String text) {
        ChatClient room = user.makes("Text " + System.nanoTime(), "closed");
        room.posts(text);
        List<ChatClient.Seen> seen =
                ChatClient.messages(room.get(room.at("messages?before=9")).body());
        return seen.get(0).body();
    }
}
