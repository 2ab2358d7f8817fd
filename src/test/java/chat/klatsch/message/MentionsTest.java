package chat.klatsch.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nobody at all                            | ""
            @alice                                   | alice
            @Alice, @BOB and @alice                  | alice bob
            (@a.b_c-d...)!                           | a.b_c-d
            **@alice** ~~@bob~~ > @carol             | alice bob carol
            cc:@alice,@bob                           | alice bob
            alice@bob.org x@y @carol@x.org           | ""
            https://x.org/@alice ?a=@bob \\@carol    | ""
            `@alice` ``@bob ` @carol`` @dora         | dora
            ```@alice @bob                           | ""
            @a @... @-- @éa @aliceé                  | ""
            @abcdefghijklmnopqrstuvwxyz123456        | abcdefghijklmnopqrstuvwxyz123456
            @abcdefghijklmnopqrstuvwxyz1234567       | ""
            """)
    void a_text_mentions_the_usernames_after_at_signs(String text, String names) {
        assertThat(String.join(" ", Mentions.in(text))).isEqualTo(names);
    }
}
