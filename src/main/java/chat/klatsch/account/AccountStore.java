package chat.klatsch.account;

import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stores accounts and sessions. Thread-safe; every method may throw a ChatException UNAVAILABLE. */
public interface AccountStore {
    /** A user and the hash of their password. */
    record Credentials(User user, String passwordHash) {}

    /**
     * Creates a user, who becomes an operator if there is none. Another user's email address is noted and remains that
     * user's.
     *
     * @throws chat.klatsch.core.ChatException TAKEN if another user has the username
     */
    User create(NewAccount account, String passwordHash, Instant now);

    boolean hasOperator();

    /** Stores the SHA-256 of a code that is valid until the first operator signs up. Keeps the newest ten. */
    void addSetupCode(String code, Instant now);

    boolean isSetupCode(String code);

    /** The user with this username or email address, ignoring case. */
    Optional<Credentials> credentials(String login);

    /**
     * Stores a session and deletes the user's expired ones. Keeps the newest of a user, of whom nobody uses so many devices.
     *
     * @return the sessions that have not expired and are not kept
     * @throws chat.klatsch.core.ChatException SIGNED_OUT if the credentials are out of date, FORBIDDEN for a banned user
     */
    List<String> createSession(String session, Credentials credentials, Instant now, Instant expires);

    /** The session with this id, unless it has expired. */
    Optional<Session> session(String session, Instant now);

    /** Returns those of these session ids that have neither ended nor expired. */
    Set<String> activeSessions(Collection<String> sessions, Instant now);

    /** Returns whether the user had this username before the present one, and nobody else has it now. */
    boolean isFormerName(UserId user, String username);

    void endSession(String session);

    void endSessions(UserId user);
}
