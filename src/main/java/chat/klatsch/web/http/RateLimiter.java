package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * How often each key (a person, an address) may do something: a token bucket each, forgotten when full again.
 * Thread-safe.
 */
public final class RateLimiter {
    private static final long KEYS = 100_000;

    /** After so many periods without use a bucket is full, even one that holds several periods' worth. */
    private static final int FULL_AGAIN = 5;

    private final String refusal;
    private final int often;
    private final LoadingCache<Object, Bucket> buckets;

    /**
     * @param refusal what a person is told who is too fast
     * @param perMinute how often in the long run; 0 for no limit
     * @param burst how often at once; 0 for as often as in a minute
     */
    public RateLimiter(String refusal, int perMinute, int burst) {
        this(refusal, perMinute, burst, Duration.ofMinutes(1));
    }

    /** As often in each period, all at once if need be. */
    public RateLimiter(String refusal, int often, Duration period) {
        this(refusal, often, often, period);
    }

    private RateLimiter(String refusal, int often, int burst, Duration period) {
        this.refusal = refusal;
        this.often = often;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(period.multipliedBy(FULL_AGAIN))
                .build(key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(Math.max(1, burst > 0 ? burst : often))
                                .refillGreedy(Math.max(1, often), period))
                        .build());
    }

    /** Counts one. @throws ChatException TOO_MANY, with the time until the next one is allowed */
    public void take(Object key) {
        if (often > 0) {
            ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw tooMany(probe.getNanosToWaitForRefill());
            }
        }
    }

    /** Uncounts one that was taken. */
    public void giveBack(Object key) {
        if (often > 0) {
            buckets.get(key).addTokens(1);
        }
    }

    private ChatException tooMany(long nanos) {
        return new ChatException(
                ChatException.Kind.TOO_MANY, refusal, Duration.ofNanos(nanos).plusSeconds(1));
    }
}
