package chat.klatsch.web.account;

import chat.klatsch.account.Requester;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.http.RateLimiter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Limits attempts to guess passwords. Strangers count by account and network, and by network. Whoever has a session or a known
 * device counts alone and is never kept out by the guesses of others; a new device of the owner, only by guesses from its own
 * network. An attempt counts from its start, so that parallel attempts gain nothing, and is given back unless the password was
 * wrong. All attempts of a session or a device are limited, too. Thread-safe.
 */
public final class SignInThrottle {
    /** The attempts of a network, as a multiple of those at one account. */
    private static final int ACCOUNTS_PER_NETWORK = 10;

    /** All attempts of a session or a device, as a multiple of the wrong ones. */
    private static final int ATTEMPTS_PER_WRONG_ONE = 3;

    /** The kinds of refusal for a wrong password. */
    private static final Set<ChatException.Kind> WRONG =
            EnumSet.of(ChatException.Kind.SIGNED_OUT, ChatException.Kind.FORBIDDEN);

    private record AccountInNetwork(String account, String network) {}

    private final RateLimiter byAccountInNetwork;
    private final RateLimiter byNetwork;
    private final RateLimiter byDevice;
    private final RateLimiter bySession;
    private final RateLimiter attempts;

    public SignInThrottle(Limits limits) {
        int one = limits.of(Limit.FAILED_SIGN_INS_PER_MINUTE);
        this.byAccountInNetwork = wrongPasswords(one);
        this.byNetwork = wrongPasswords(times(ACCOUNTS_PER_NETWORK, one));
        this.byDevice = wrongPasswords(one);
        this.bySession = wrongPasswords(one);
        this.attempts = new RateLimiter("refusal.attempts.many", times(ATTEMPTS_PER_WRONG_ONE, one));
    }

    private static RateLimiter wrongPasswords(int perMinute) {
        return new RateLimiter("refusal.passwords.many", perMinute);
    }

    private static int times(int factor, int limit) {
        return (int) Math.min(Integer.MAX_VALUE, (long) factor * limit);
    }

    /** Runs an action that checks a password. @throws ChatException TOO_MANY after too many wrong ones */
    <T> T ofStranger(Requester requester, Supplier<T> action) {
        return counting(
                Map.of(
                        byAccountInNetwork,
                        new AccountInNetwork(requester.account(), requester.network()),
                        byNetwork,
                        requester.network()),
                action);
    }

    /** Like {@link #ofStranger}, for somebody at a device from which the account has been used. */
    <T> T ofDevice(DeviceToken device, Supplier<T> action) {
        attempts.take(device.id());
        return counting(Map.of(byDevice, device.id()), action);
    }

    /** Like {@link #ofStranger}, for somebody who is signed in. */
    <T> T ofSession(Session session, Supplier<T> action) {
        attempts.take(session.id());
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
