package chat.klatsch.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneGuessTest {
    @ParameterizedTest
    @CsvSource({
        "de-AT, Europe/Vienna",
        "'de-CH,de;q=0.9,en-US;q=0.8,en;q=0.7', Europe/Zurich",
        "de, Europe/Berlin",
        "'en-US,en;q=0.9,de;q=0.8', Europe/Berlin",
        "'en-US,en;q=0.9', America/New_York",
        "en-GB, Europe/London",
        "en, none",
        "zh-Hant-TW, Asia/Taipei",
        "pt-BR, America/Sao_Paulo",
        "es-419, none",
        "'es-419,es-MX;q=0.9', America/Mexico_City",
        "he, Asia/Jerusalem",
        "ja-JP-u-ca-japanese, Asia/Tokyo",
        "'fr;q=0,de;q=0.1', Europe/Berlin",
        "'*', none",
        "de-ZZ, none",
        "'', none",
        "'de;q=nonsense', none",
        "'<script>', none"
    })
    void a_browsers_languages_tell_where_its_user_probably_is(String languages, String zone) {
        assertThat(ZoneGuess.of(languages).map(ZoneId::getId).orElse("none")).isEqualTo(zone);
    }

    @Test
    void a_long_header_tells_nothing() {
        assertThat(ZoneGuess.of("de,".repeat(5_000))).isEmpty();
    }
}
