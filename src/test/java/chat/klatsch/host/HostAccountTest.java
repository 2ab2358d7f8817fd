package chat.klatsch.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.account.NewAccount;
import chat.klatsch.profile.DisplayName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAccountTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "anna, anna",
                "Anna Müller, Anna-Muller",
                "anna@example.org, anna",
                "corp\\anna, corp-anna",
                "Weiß, Weiss",
                "a, user-a",
                "'', user",
                "'  ', user",
                "Анна, user",
                "李, user",
                "..., user",
                "anna., anna",
                "-anna-, anna",
                "deleted-5, user-deleted-5",
                "anna_k.99, anna_k.99",
            })
    void a_username_that_the_chat_accepts_is_derived_from_any_name(String name, String expected) {
        assertThat(SafeUsername.candidates(name, "17").findFirst()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                ".",
                "@",
                "x@y@z",
                "deleted-",
                "DELETED-9",
                "\u202eanna",
                "a\u0000b",
                "\ud800",
                "anna.@example.org",
                "_",
                "--",
                "аnnа",
                "abcdefghijklmnopqrstuvwxyzabcde.",
                "👩‍👩‍👧",
                "deleted-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void every_candidate_is_a_valid_username(String name) {
        List<String> candidates = SafeUsername.candidates(name, "17").toList();
        assertThat(candidates)
                .doesNotHaveDuplicates()
                .allSatisfy(username -> assertThat(
                                new NewAccount(username, "correct horse battery", Optional.empty()).username())
                        .isEqualTo(username));
        assertThat(SafeUsername.candidates(name.repeat(40), "18"))
                .allSatisfy(username -> assertThat(username).hasSizeBetween(2, 32));
    }

    @ParameterizedTest
    @CsvSource({
        "Anna, Anna",
        "'  Anna   K. ', Anna K.",
        "李小龍, 李小龍",
        "'\u202eAnna', Anna",
        "'An\u200bna', Anna",
        "'Anna\u0000', Anna",
        "'\u3164', ''",
        "'', ''",
        "👩‍🚀, 👩🚀"
    })
    void a_display_name_stays_without_what_could_mislead(String name, String expected) {
        assertThat(HostAccount.displayName(name).map(DisplayName::text).orElse(""))
                .isEqualTo(expected);
    }

    @Test
    void a_long_display_name_is_cut_between_characters() {
        assertThat(HostAccount.displayName("😀".repeat(50)).orElseThrow().text())
                .hasSizeLessThanOrEqualTo(DisplayName.MAX_LENGTH)
                .endsWith("😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "\u202e17"})
    void an_id_is_printable(String id) {
        assertThatThrownBy(() -> new HostAccount(
                        id,
                        "anna",
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
