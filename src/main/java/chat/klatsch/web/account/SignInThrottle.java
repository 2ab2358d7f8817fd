package chat.klatsch.web.account;

import chat.klatsch.account.Caller;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.http.RateLimiter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Limits attempts to guess passwords. Strangers count by account and network, by network, and by account from all networks
 * together. Whoever has a session or a known device counts alone, so that the guesses of others never keep the owner of an
 * account out. An attempt counts from its start, so that parallel attempts gain nothing, and is given back unless the
 * password was wrong. Thread-safe.
 */
public final class SignInThrottle {
    /** Accounts' worth of attempts in a minute from one network, which many users may share. */
    private static final int ACCOUNTS_PER_NETWORK = 10;

    /** Networks' worth of attempts in an hour at one account. */
    private static final int NETWORKS_PER_ACCOUNT = 10;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** The kinds of refusal for a wrong password. */
    private static final Set<ChatException.Kind> WRONG =
            EnumSet.of(ChatException.Kind.SIGNED_OUT, ChatException.Kind.FORBIDDEN);

    private record AccountInNetwork(String account, String network) {}

    private final RateLimiter byAccountInNetwork;
    private final RateLimiter byNetwork;
    private final RateLimiter byAccount;
    private final RateLimiter byDevice;
    private final RateLimiter bySession;

    public SignInThrottle(Limits limits) {
        int one = limits.of(Limit.FAILED_SIGN_INS_PER_MINUTE);
        this.byAccountInNetwork = limiter(one, MINUTE);
        this.byNetwork = limiter((long) ACCOUNTS_PER_NETWORK * one, MINUTE);
        this.byAccount = limiter((long) NETWORKS_PER_ACCOUNT * one, HOUR);
        this.byDevice = limiter(one, MINUTE);
        this.bySession = limiter(one, MINUTE);
    }

    private static RateLimiter limiter(long limit, Duration period) {
        return new RateLimiter(
                "Too many wrong passwords. Please wait a minute.", (int) Math.min(Integer.MAX_VALUE, limit), period);
    }

    /** Runs an action that checks a password. @throws ChatException TOO_MANY after too many wrong ones */
    <T> T ofStranger(Caller caller, Supplier<T> action) {
        return counting(
                Map.of(
                        byAccountInNetwork,
                        new AccountInNetwork(caller.account(), caller.network()),
                        byNetwork,
                        caller.network(),
                        byAccount,
                        caller.account()),
                action);
    }

    /** Like {@link #ofStranger}, for somebody at a device from which the account has been used. */
    <T> T ofDevice(DeviceToken device, Supplier<T> action) {
        return counting(Map.of(byDevice, device.id()), action);
    }

    /** Like {@link #ofStranger}, for somebody who is signed in. */
    <T> T ofSession(Session session, Supplier<T> action) {
        return counting(Map.of(bySession, session.id()), action);
    }

    private static <T> T counting(Map<RateLimiter, ?> keys, Supplier<T> action) {
        RateLimiter.takeAll(keys);
        boolean wrong = false;
        try {
            return action.get();
        } catch (ChatException refusal) {
            wrong = WRONG.contains(refusal.kind());
            throw refusal;
        } finally {
            if (!wrong) {
                RateLimiter.giveBackAll(keys);
            }
        }
    }
}
