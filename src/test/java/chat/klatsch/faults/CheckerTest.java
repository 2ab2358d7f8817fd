package chat.klatsch.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the checker detects violations: one that detects none would accept every run. */
class CheckerTest {
    private static final int SEEDS = 100;

    @Test
    void a_correct_history_passes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(Checker.violations(SampleHistories.from(seed)))
                    .as("seed %s", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_mutated_history_is_rejected(HistoryMutation mutation) {
        for (long seed = 0; seed < SEEDS; seed++) {
            History damaged = mutation.inflict(SampleHistories.from(seed), new Random(seed));
            assertThat(Checker.violations(damaged)).as("seed %s", seed).isNotEmpty();
        }
    }

    @Test
    void a_violation_names_the_message() {
        History good = SampleHistories.from(1);
        History damaged = new History(
                good.sent(),
                good.acknowledged(),
                good.pages(),
                good.stored().subList(1, good.stored().size()));

        assertThat(Checker.violations(damaged)).contains("lobby/1 (anna: “first”) was shown to anna and is not stored");
    }
}
