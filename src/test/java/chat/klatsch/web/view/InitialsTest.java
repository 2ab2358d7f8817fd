package chat.klatsch.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialsTest {
    @ParameterizedTest
    @CsvSource({
        "alice, A",
        "Bob Ross, BR",
        "émile van zola, ÉZ",
        "(The) Émile, TÉ",
        "ßen, SS",
        "ılhan, I",
        "田中 太郎, 田",
        "مريم علي, م",
        "Anna 2, A",
        "😀 Bob, B",
        "😀, 😀",
        "𝔞lice, 𝔞"
    })
    void initials_come_from_the_display_name(String name, String letters) {
        User user = new User(new UserId(1), "someone", name);
        assertThat(Initials.of(user).letters()).isEqualTo(letters);
        assertThat(Initials.of(user).hue())
                .isEqualTo(Initials.of(new User(new UserId(1), "SOMEONE", "x")).hue());
    }
}
