package chat.klatsch.account;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Where accounts and sign-ins are kept. Thread-safe; every method may throw a ChatException UNAVAILABLE. */
public interface AccountStore {
    /** A person with the hash of their password. */
    record Credentials(User user, String passwordHash) {}

    /**
     * Somebody new, who is an operator if nobody is.
     *
     * @throws chat.klatsch.core.ChatException TAKEN when somebody has the username or the e-mail address
     */
    User create(NewAccount account, String passwordHash, Instant now);

    /** The person with this username or e-mail address, in any case. */
    Optional<Credentials> credentials(String login);

    /**
     * Keeps a sign-in until it expires, and forgets this person's expired ones.
     *
     * @throws chat.klatsch.core.ChatException SIGNED_OUT when the credentials are not theirs any more, FORBIDDEN when
     *     they are banned
     */
    void open(String session, Credentials credentials, Instant now, Instant expires);

    /** Who is signed in with it, unless it has expired. */
    Optional<Session> session(String session, Instant now);

    /** Those of these sign-ins that have neither ended nor expired. */
    Set<String> openAmong(Collection<String> sessions, Instant now);

    void close(String session);

    /** Ends all sign-ins of this person. */
    void closeAll(UserId user);
}
