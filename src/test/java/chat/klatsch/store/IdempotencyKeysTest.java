package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKey;
import chat.klatsch.core.IdempotencyKeys;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
class IdempotencyKeysTest extends StoreTest {
    private static final IdempotencyKey KEY = IdempotencyKey.of(List.of("alice", "/signup", "key"), "/welcome");

    @BeforeEach
    void open() {
        openFresh();
    }

    @Test
    void a_key_is_recorded_with_the_change_or_not_at_all() {
        IdempotencyKeys keys = keys(NOW);
        refused(ChatException.Kind.TAKEN, () -> {
            person("alice");
            keys.once(KEY, () -> person("alice"));
        });
        assertThat(keys.answer(KEY)).isEmpty();
        keys.once(KEY, () -> person("bob"));
        assertThat(keys.answer(KEY)).contains("/welcome");
        assertThatThrownBy(() -> keys.once(KEY, () -> person("carol"))).isInstanceOf(RepeatedRequestException.class);
        assertThat(accounts.credentials("carol")).isEmpty();
    }

    @Test
    void only_the_first_transaction_of_the_action_records_the_key() {
        IdempotencyKeys keys = keys(NOW);
        keys.once(KEY, () -> List.of(person("alice"), person("bob")));
        person("carol");
        keys.once(IdempotencyKey.of(List.of("reads only"), ""), () -> accounts.credentials("alice"));
        assertThat(keys.answer(IdempotencyKey.of(List.of("reads only"), ""))).isEmpty();
        person("dora");
        assertThat(accounts.credentials("dora")).isPresent();
    }

    @Test
    void of_concurrent_requests_one_makes_the_change() {
        List<CompletableFuture<Boolean>> presses = IntStream.range(0, 6)
                .mapToObj(press -> CompletableFuture.supplyAsync(() -> {
                    try {
                        keys(NOW).once(KEY, () -> person("user" + press));
                        return true;
                    } catch (RepeatedRequestException repeated) {
                        return false;
                    }
                }))
                .toList();
        assertThat(presses.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(IntStream.range(0, 6)
                        .mapToObj(press -> accounts.credentials("user" + press))
                        .filter(Optional::isPresent))
                .hasSize(1);
    }

    @Test
    void keys_are_deleted_after_a_day() {
        keys(NOW).once(KEY, () -> person("alice"));
        IdempotencyKey later = IdempotencyKey.of(List.of("later"), "");
        keys(NOW.plus(Duration.ofDays(1))).once(later, () -> person("bob"));
        assertThat(keys(NOW).answer(KEY)).isPresent();
        keys(NOW.plus(Duration.ofDays(1)).plusSeconds(1))
                .once(IdempotencyKey.of(List.of("even later"), ""), () -> person("carol"));
        assertThat(keys(NOW).answer(KEY)).isEmpty();
        assertThat(keys(NOW).answer(later)).isPresent();
    }

    @Test
    void a_key_depends_on_where_each_of_its_parts_ends() {
        assertThat(IdempotencyKey.of(List.of("a", "bc"), "").digest())
                .isNotEqualTo(IdempotencyKey.of(List.of("ab", "c"), "").digest())
                .isNotEqualTo(IdempotencyKey.of(List.of("a", "b", "c"), "").digest());
    }

    private IdempotencyKeys keys(Instant now) {
        return new SqlIdempotencyKeys(database, Clock.fixed(now, ZoneOffset.UTC));
    }
}
