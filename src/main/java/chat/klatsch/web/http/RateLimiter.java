package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.text.Text;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Limits how often each key, such as a user or an address, may do something, by a token bucket for each. Thread-safe. */
public final class RateLimiter {
    private static final long KEYS = 100_000;

    private final String refusal;
    private final int limit;
    private final LoadingCache<Object, Bucket> buckets;

    /**
     * @param refusal the key of the text for a user who exceeds the limit
     * @param perMinute the rate and the bucket's capacity; 0 for no limit
     */
    public RateLimiter(String refusal, int perMinute) {
        this(refusal, perMinute, Duration.ofMinutes(1));
    }

    /**
     * @param perMinute the long-term rate; 0 for no limit
     * @param burst the bucket's capacity; 0 for {@code perMinute}
     */
    public RateLimiter(String refusal, int perMinute, int burst) {
        this(refusal, perMinute, burst, Duration.ofMinutes(1));
    }

    /** @param limit the rate per period and the bucket's capacity; 0 for no limit */
    public RateLimiter(String refusal, int limit, Duration period) {
        this(refusal, limit, limit, period);
    }

    private RateLimiter(String refusal, int limit, int burst, Duration period) {
        this.refusal = refusal;
        this.limit = limit;
        int rate = Math.max(1, limit);
        int capacity = Math.max(1, burst > 0 ? burst : limit);
        long periodsToFill = ((long) capacity + rate - 1) / rate;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(period.multipliedBy(periodsToFill))
                .build(key -> Bucket.builder()
                        .addLimit(bucket -> bucket.capacity(capacity).refillGreedy(rate, period))
                        .build());
    }

    /** Takes one token from each limiter's bucket for its key, or none. @throws ChatException TOO_MANY */
    public static void takeAll(Map<RateLimiter, ?> keys) {
        List<RateLimiter> taken = new ArrayList<>();
        try {
            keys.forEach((limiter, key) -> {
                limiter.take(key);
                taken.add(limiter);
            });
        } catch (ChatException tooMany) {
            taken.forEach(limiter -> limiter.giveBack(keys.get(limiter)));
            throw tooMany;
        }
    }

    /** Reverses {@link #takeAll}. */
    public static void giveBackAll(Map<RateLimiter, ?> keys) {
        keys.forEach(RateLimiter::giveBack);
    }

    /** Takes one token. @throws ChatException TOO_MANY, with the time until the next token */
    public void take(Object key) {
        if (limit > 0) {
            ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                Duration wait =
                        Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
                throw new ChatException(ChatException.Kind.TOO_MANY, new Text(refusal), wait);
            }
        }
    }

    /** Returns a token that was taken. */
    void giveBack(Object key) {
        if (limit > 0) {
            buckets.get(key).addTokens(1);
        }
    }
}
