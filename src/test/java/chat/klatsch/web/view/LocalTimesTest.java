package chat.klatsch.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.ReaderStyle;
import chat.klatsch.text.Languages;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTimesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-30T23:30:00Z | Pacific/Kiritimati | 2026-11-30T12:00:00Z | Today                    | 37801
            2026-11-30T23:30:00Z | UTC                | 2026-11-30T00:00:00Z | Today                    | 1801
            2026-12-01T00:00:00Z | UTC                | 2026-11-30T23:59:59Z | Yesterday                | 86401
            2026-11-30T12:00:00Z | America/New_York   | 2026-11-29T03:00:00Z | Saturday                 | 61201
            2026-11-30T12:00:00Z | UTC                | 2026-11-24T00:00:00Z | Tuesday                  | 43201
            2026-11-30T12:00:00Z | UTC                | 2026-11-23T23:59:59Z | Monday, 23 November 2026 | 43201
            2026-11-30T12:00:00Z | UTC                | 2026-12-01T00:00:01Z | Tuesday, 1 December 2026 | 43201
            2026-10-24T22:30:00Z | Europe/Berlin      | 2026-10-24T21:00:00Z | Yesterday                | 88201
            """)
    void a_day_has_the_name_that_the_viewers_calendar_gives_it(
            Instant now, String zone, Instant posted, String name, long untilMidnight) {
        LocalTimes times = new LocalTimes(new ReaderStyle(ZoneId.of(zone), false, Languages.ENGLISH), now);
        assertThat(times.dayName(posted)).isEqualTo(name);
        assertThat(times.secondsToMidnight()).isEqualTo(untilMidnight);
        assertThat(times.namedDays())
                .element(1)
                .extracting(LocalTimes.NamedDay::name)
                .isEqualTo("Yesterday");
        assertThat(times.namedDays())
                .last()
                .extracting(LocalTimes.NamedDay::name)
                .asString()
                .contains("20");
    }
}
