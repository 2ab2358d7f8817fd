package chat.klatsch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {
    @ParameterizedTest
    @CsvSource({"' Ada  Lovelace ', Ada Lovelace", "'E\u0301mile\u00a0Zola', \u00c9mile Zola", "❤️ 李 مريم, ❤️ 李 مريم"})
    void a_name_is_composed_and_its_spaces_are_collapsed(String typed, String kept) {
        assertThat(new DisplayName(typed).text()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u3000",
                "\u0301",
                "a\u202eb",
                "\u2066a",
                "a\u200bb",
                "a\u00adb",
                "a\u3164",
                "\u2800",
                "a\ue000",
                "\udb40\udc41a"
            })
    void invisible_and_bidirectional_characters_are_refused(String typed) {
        refuses(typed);
    }

    @Test
    void control_characters_are_dropped_and_line_breaks_are_spaces() {
        assertThat(new DisplayName("a\u0000b\u0007\ud800").text()).isEqualTo("ab");
        assertThat(new DisplayName("\na\r\nb\tc\u2028d").text()).isEqualTo("a b c d");
    }

    @Test
    void a_name_has_at_most_40_characters() {
        assertThat(new DisplayName("x".repeat(40)).text()).hasSize(40);
        refuses("x".repeat(41));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "ALICE",
                "@alice",
                "a l i c e",
                "ａｌｉｃｅ",
                "𝓪𝓵𝓲𝓬𝓮",
                "\u0430lice",
                "al\u0456\u0441\u0435",
                "ΑLΙCΕ"
            })
    void a_name_that_looks_like_alice_is_recognised(String name) {
        assertThat(new DisplayName(name).lookalike()).isEqualTo("alice");
    }

    private static void refuses(String typed) {
        assertThatThrownBy(() -> new DisplayName(typed))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ChatException.Kind.INVALID));
    }
}
