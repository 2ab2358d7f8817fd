package chat.klatsch.web.account;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.RateLimiter;
import java.time.Duration;
import java.util.Map;

/** Limits the emails sent on request, by user, recipient and network address, so that no mailbox is flooded. Thread-safe. */
public final class MailRateLimits {
    private static final Duration PERIOD = Duration.ofHours(1);

    private final RateLimiter byUser = limiter(5);
    private final RateLimiter toAddress = limiter(5);

    /** Higher than the others, as many users may share one network address. */
    private final RateLimiter fromIp = limiter(50);

    /** Counts an email that a user requests for their own address. @throws ChatException TOO_MANY */
    void take(UserId user, EmailAddress email, String ip) {
        RateLimiter.takeAll(keys(user, email, ip));
    }

    /** Counts an email that is requested without a session. @throws ChatException TOO_MANY */
    void take(EmailAddress email, String ip) {
        RateLimiter.takeAll(Map.of(toAddress, email.comparable(), fromIp, ip));
    }

    /** Reverses {@link #take(UserId, EmailAddress, String)} for an email that was not sent. */
    void giveBack(UserId user, EmailAddress email, String ip) {
        RateLimiter.giveBackAll(keys(user, email, ip));
    }

    private Map<RateLimiter, Object> keys(UserId user, EmailAddress email, String ip) {
        return Map.of(byUser, user, toAddress, email.comparable(), fromIp, ip);
    }

    private static RateLimiter limiter(int limit) {
        return new RateLimiter("Too many emails. Please try again later.", limit, PERIOD);
    }
}
