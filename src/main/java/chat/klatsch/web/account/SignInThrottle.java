package chat.klatsch.web.account;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.http.RateLimiter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Limits attempts to guess passwords, by account and by network address. An attempt counts from its start, so that
 * parallel attempts gain nothing, and is given back unless the password was wrong. Thread-safe.
 */
public final class SignInThrottle {
    /** Accounts' worth of attempts from one network address, which many users may share. */
    private static final int ACCOUNTS_PER_ADDRESS = 10;

    private static final int MAX_LOGIN_LENGTH = 254;

    /** The kinds of refusal for a wrong password. */
    private static final Set<ChatException.Kind> WRONG =
            EnumSet.of(ChatException.Kind.SIGNED_OUT, ChatException.Kind.FORBIDDEN);

    private final RateLimiter byAccount;
    private final RateLimiter byIp;

    public SignInThrottle(Limits limits) {
        int perMinute = limits.of(Limit.FAILED_SIGN_INS_PER_MINUTE);
        int perAddress = (int) Math.min(Integer.MAX_VALUE, (long) ACCOUNTS_PER_ADDRESS * perMinute);
        String refusal = "Too many wrong passwords. Please wait a minute.";
        this.byAccount = new RateLimiter(refusal, perMinute, perMinute);
        this.byIp = new RateLimiter(refusal, perAddress, perAddress);
    }

    /** Runs an action that checks a password. @throws ChatException TOO_MANY after too many wrong ones */
    <T> T counting(String login, String ip, Supplier<T> action) {
        String comparable = NewAccount.comparable(login);
        String account = comparable.substring(0, Math.min(comparable.length(), MAX_LOGIN_LENGTH));
        Map<RateLimiter, String> keys = Map.of(byAccount, account, byIp, ip);
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
