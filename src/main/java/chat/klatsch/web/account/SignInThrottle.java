package chat.klatsch.web.account;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.http.RateLimiter;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps people from trying passwords until one fits. An attempt counts from its beginning, so that trying many at once
 * gains nothing, and is given back unless the password was wrong. Thread-safe.
 */
public final class SignInThrottle {
    /** How many accounts may be guessed at from one address, behind which many people may sit. */
    private static final int ACCOUNTS_PER_ADDRESS = 10;

    private static final int LONGEST_LOGIN = 254;

    /** What a wrong password is called by the doors that ask for one. */
    private static final Set<ChatException.Kind> WRONG =
            EnumSet.of(ChatException.Kind.SIGNED_OUT, ChatException.Kind.FORBIDDEN);

    private final RateLimiter forAccount;
    private final RateLimiter fromAddress;

    public SignInThrottle(Limits limits) {
        int perMinute = limits.of(Limit.FAILED_SIGN_INS_PER_MINUTE);
        int perAddress = (int) Math.min(Integer.MAX_VALUE, (long) ACCOUNTS_PER_ADDRESS * perMinute);
        String refusal = "Too many wrong passwords. Please wait a minute.";
        this.forAccount = new RateLimiter(refusal, perMinute, perMinute);
        this.fromAddress = new RateLimiter(refusal, perAddress, perAddress);
    }

    /** Runs what asks for a password: a sign-in, or a change to one's own account. @throws ChatException TOO_MANY after too many wrong ones */
    <T> T counting(String login, String address, Supplier<T> signIn) {
        String comparable = NewAccount.comparable(login);
        String account = comparable.substring(0, Math.min(comparable.length(), LONGEST_LOGIN));
        forAccount.take(account);
        try {
            fromAddress.take(address);
        } catch (ChatException tooMany) {
            forAccount.giveBack(account);
            throw tooMany;
        }
        boolean wrong = false;
        try {
            return signIn.get();
        } catch (ChatException refusal) {
            wrong = WRONG.contains(refusal.kind());
            throw refusal;
        } finally {
            if (!wrong) {
                forAccount.giveBack(account);
                fromAddress.giveBack(address);
            }
        }
    }
}
