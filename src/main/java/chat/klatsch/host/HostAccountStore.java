package chat.klatsch.host;

import chat.klatsch.account.AccountStore;
import chat.klatsch.account.Session;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what the host says about its users. Thread-safe; every method may throw a ChatException UNAVAILABLE. */
public interface HostAccountStore {
    /**
     * A user as the host described them last.
     *
     * @param fingerprint of that description
     * @param avatar the digest of the version of the host's avatar that was seen last, or an empty text
     * @param session the one that all the user's browsers share, unless it ends before the time asked for
     */
    record Known(User user, String fingerprint, boolean banned, String avatar, Optional<Session> session) {
        /** Returns whether the user is as described now. */
        boolean is(HostAccount account) {
            return fingerprint.equals(account.fingerprint());
        }

        /** Returns whether this version of the avatar has been seen. */
        boolean has(HostAvatar version) {
            return avatar.equals(version.digest());
        }
    }

    Optional<Known> find(String id, Instant sessionUntil);

    /**
     * Creates the user or changes what the host now says otherwise, in one transaction. Takes the first free username.
     *
     * @return the user if others see another name than before, else null
     */
    @Nullable
    UserId save(HostAccount account, Instant now);

    /** Notes the digest of the version of the host's avatar, which is not asked for again. */
    void avatarSeen(UserId user, String digest);

    /**
     * Makes an account of the chat's own that of the host's user.
     *
     * @param usernameKey the username without regard to case
     * @throws chat.klatsch.core.ChatException NOT_FOUND for an unknown username, TAKEN if the account or the id has another
     */
    UserId adopt(String usernameKey, String id);

    /**
     * Opens the session that the user's browsers share, unless one is open.
     *
     * @param session the id of a new session
     * @param until the time to which one must last to count as open
     */
    void openSession(UserId user, String session, Instant now, Instant until, Instant expires);

    /** Ends all sessions of the user, and the links that open one. Empty for an unknown user. */
    Optional<UserId> endSessions(String id);

    /** Stores the SHA-256 of a token that opens a session once. Returns false for a banned user. */
    boolean storeToken(String id, String token, Instant now);

    /** Returns the user whom a token would sign in. */
    Optional<User> tokenUser(String token, Instant now);

    /** Uses a token up, and returns what opens a session of its user. Of concurrent calls one succeeds. */
    Optional<AccountStore.Credentials> useToken(String token, Instant now);
}
