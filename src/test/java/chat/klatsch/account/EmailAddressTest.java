package chat.klatsch.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    /** The ASCII names are those of the registries. */
    @ParameterizedTest
    @CsvSource({
        "n@bücher.example, n@xn--bcher-kva.example",
        "n@BU\u0308CHER.Example, n@xn--bcher-kva.example",
        "N.M@Example.ORG, N.M@Example.ORG",
        "n@faß.de, n@xn--fa-hia.de",
        "n@münchen.städte.example, n@xn--mnchen-3ya.xn--stdte-hra.example",
        "n@例え.テスト, n@xn--r8jz45g.xn--zckzah",
        "n@пример.испытание, n@xn--e1afmkfd.xn--80akhbyknj4f",
        "n@παράδειγμα.δοκιμή, n@xn--hxajbheg2az3al.xn--jxalpdlp",
        "n@उदाहरण.परीक्षा, n@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g",
        "n@مثال.إختبار, n@xn--mgbh0fb.xn--kgbechtv",
        "n@실례.테스트, n@xn--9n2bp8q.xn--9t4b11yi5a",
        "n@例子。测试, n@xn--fsqu00a.xn--0zwm56d",
        "n@ｅｘａｍｐｌｅ．ｏｒｇ, n@example.org",
    })
    void an_international_domain_is_written_in_ascii(String typed, String kept) {
        assertThat(new EmailAddress(typed).value()).isEqualTo(kept);
        assertThat(new EmailAddress(kept).comparable()).isEqualTo(new EmailAddress(typed).comparable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n@ü ü.example",
                "n@\ud83d\ude00.example",
                "n@bü_cher.example",
                "n@-ü.example",
                "n@bücher..example",
                "n@bücher.",
                "ñ@example.org",
                "n@üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.example"
            })
    void an_invalid_domain_is_refused(String typed) {
        assertThatThrownBy(() -> new EmailAddress(typed))
                .isInstanceOf(ChatException.class)
                .hasMessage("Please enter a valid email address.");
    }
}
