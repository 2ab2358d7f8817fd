package chat.klatsch.web.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.http.Network;
import chat.klatsch.web.http.RateLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Limits attempts to create an account, by network and in all. Names that are taken have a lower limit, because they tell
 * who has an account. Thread-safe.
 */
public final class SignUpLimits {
    private static final Duration PERIOD = Duration.ofHours(1);

    private static final int TAKEN_NAMES = 60;

    private final RateLimiter takenNames = limiter(TAKEN_NAMES);
    private final RateLimiter byNetwork;
    private final RateLimiter inAll;

    public SignUpLimits(Limits limits) {
        this.byNetwork = limiter(limits.of(Limit.SIGN_UPS_PER_ADDRESS));
        this.inAll = limiter(limits.of(Limit.SIGN_UPS_PER_HOUR));
    }

    /** Runs an attempt, which does not count if the server was unable to make it. @throws ChatException TOO_MANY */
    <T> T counting(Network network, Supplier<T> attempt) {
        Map<RateLimiter, Object> attempts = Map.of(byNetwork, network, inAll, "all");
        Map<RateLimiter, Object> taken = Map.of(takenNames, network);
        RateLimiter.takeAll(attempts);
        RateLimiter.takeAll(taken);
        boolean isTaken = false;
        try {
            return attempt.get();
        } catch (ChatException refusal) {
            isTaken = refusal.kind() == ChatException.Kind.TAKEN;
            if (refusal.kind() == ChatException.Kind.UNAVAILABLE) {
                RateLimiter.giveBackAll(attempts);
            }
            throw refusal;
        } finally {
            if (!isTaken) {
                RateLimiter.giveBackAll(taken);
            }
        }
    }

    private static RateLimiter limiter(int limit) {
        return new RateLimiter("refusal.accounts.many", limit, PERIOD);
    }
}
