package chat.klatsch.web.account;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.Network;
import chat.klatsch.web.http.RateLimiter;
import java.time.Duration;
import java.util.Map;

/** Limits the emails sent on request, by user, recipient and network, so that no mailbox is flooded. Thread-safe. */
public final class MailRateLimits {
    private static final Duration PERIOD = Duration.ofHours(1);

    private final RateLimiter byUser = limiter(5);
    private final RateLimiter toAddress = limiter(5);

    /** Higher than the others, as many users may share one network. */
    private final RateLimiter fromNetwork = limiter(50);

    /** Counts an email that a user requests for their own address. @throws ChatException TOO_MANY */
    void take(UserId user, EmailAddress email, Network network) {
        RateLimiter.takeAll(keys(user, email, network));
    }

    /** Counts an email that is requested without a session. @throws ChatException TOO_MANY */
    void take(EmailAddress email, Network network) {
        RateLimiter.takeAll(Map.of(toAddress, email.comparable(), fromNetwork, network));
    }

    /** Reverses {@link #take(UserId, EmailAddress, Network)} for an email that was not sent. */
    void giveBack(UserId user, EmailAddress email, Network network) {
        RateLimiter.giveBackAll(keys(user, email, network));
    }

    private Map<RateLimiter, Object> keys(UserId user, EmailAddress email, Network network) {
        return Map.of(byUser, user, toAddress, email.comparable(), fromNetwork, network);
    }

    private static RateLimiter limiter(int limit) {
        return new RateLimiter("refusal.emails.many", limit, PERIOD);
    }
}
