package chat.klatsch.web.account;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.RateLimiter;
import java.time.Duration;

/** Keeps the chat from filling anybody's mailbox at somebody's wish. Thread-safe. */
public final class MailRateLimits {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final int BY_PERSON = 5;
    private static final int TO_ADDRESS = 5;

    /** Many people may sit behind one network address. */
    private static final int FROM_NETWORK_ADDRESS = 50;

    private final RateLimiter byPerson = limit(BY_PERSON);
    private final RateLimiter toAddress = limit(TO_ADDRESS);
    private final RateLimiter fromNetworkAddress = limit(FROM_NETWORK_ADDRESS);

    /** Counts a letter that somebody wants sent to themselves. @throws ChatException TOO_MANY */
    void take(UserId person, EmailAddress address, String networkAddress) {
        byPerson.take(person);
        try {
            take(address, networkAddress);
        } catch (ChatException tooMany) {
            byPerson.giveBack(person);
            throw tooMany;
        }
    }

    /** Counts a letter that a stranger wants sent. @throws ChatException TOO_MANY */
    void take(EmailAddress address, String networkAddress) {
        toAddress.take(address.comparable());
        try {
            fromNetworkAddress.take(networkAddress);
        } catch (ChatException tooMany) {
            toAddress.giveBack(address.comparable());
            throw tooMany;
        }
    }

    /** Uncounts a letter that has not become one. */
    void giveBack(UserId person, EmailAddress address, String networkAddress) {
        byPerson.giveBack(person);
        toAddress.giveBack(address.comparable());
        fromNetworkAddress.giveBack(networkAddress);
    }

    private static RateLimiter limit(int often) {
        return new RateLimiter("We have sent enough letters for now. Please wait a while.", often, PERIOD);
    }
}
