package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Signs users up, in and out. A session is a database row that any node finds by the SHA-256 of a 256-bit token; only
 * the user's cookie holds the token itself. Thread-safe.
 */
public final class AccountService {
    /** The lifetime of a session. */
    public static final Duration SESSION_LIFETIME = Duration.ofDays(30);

    private final AccountStore store;
    private final PasswordHasher passwords;
    private final PasswordStrength strength;
    private final EventBus bus;
    private final Clock clock;

    /** Compared with the password for an unknown login, so that the refusal takes as long as for a known one. */
    private final CompletableFuture<String> dummyHash = new CompletableFuture<>();

    public AccountService(
            AccountStore store, PasswordHasher passwords, PasswordStrength strength, EventBus bus, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.strength = strength;
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * Creates an account. What can be refused is refused before the password is hashed.
     *
     * @throws ChatException INVALID for a weak password, TAKEN if another user has the username. Another user's email
     *     address is no reason, so that nobody learns who has an account
     */
    public AccountStore.Credentials signUp(NewAccount account, Requester requester) {
        strength.requireStrong(account.password(), account.username(), account.email());
        if (store.credentials(account.username()).isPresent()) {
            throw usernameTaken();
        }
        String hash = passwords.hash(account.password(), requester);
        return new AccountStore.Credentials(store.create(account, hash, clock.instant()), hash);
    }

    /** The refusal of a username that another user has. */
    public static ChatException usernameTaken() {
        return new ChatException(ChatException.Kind.TAKEN, "refusal.username.taken");
    }

    /** The credentials of the user with this username or email address. */
    public Optional<AccountStore.Credentials> credentials(String login) {
        return store.credentials(login);
    }

    /**
     * Checks a password.
     *
     * @param login a username or an email address
     * @throws ChatException SIGNED_OUT, with the same text and timing for an unknown login and a wrong password
     */
    public AccountStore.Credentials signIn(String login, String password, Requester requester) {
        if (!dummyHash.isDone()) {
            // Before the lookup, so that the first sign-in takes this time for a known and an unknown login alike.
            dummyHash.complete(passwords.hash(Token.random().value(), requester));
        }
        Optional<AccountStore.Credentials> known = store.credentials(login);
        String hash = known.map(AccountStore.Credentials::passwordHash).orElseGet(dummyHash::join);
        boolean matches = passwords.accepts(password, hash, requester);
        return known.filter(credentials -> matches)
                .orElseThrow(() -> new ChatException(ChatException.Kind.SIGNED_OUT, "refusal.credentials"));
    }

    /** The user with this username, if there is one. */
    public Optional<User> find(String username) {
        return store.credentials(username)
                .map(AccountStore.Credentials::user)
                // The store also finds users by email address, which must not be revealed here.
                .filter(user -> NewAccount.comparable(user.username()).equals(NewAccount.comparable(username)));
    }

    /** The user with this username. @throws ChatException NOT_FOUND for an unknown username */
    public User named(String username) {
        return find(username)
                .orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "refusal.user.unknown"));
    }

    /**
     * Starts a session and returns its token, which is stored nowhere else. Ends the user's oldest ones if there are many.
     *
     * @throws ChatException SIGNED_OUT if the password has changed since it was checked, FORBIDDEN for a banned user,
     *     which is revealed only after the right password
     */
    public String startSession(AccountStore.Credentials credentials) {
        Token token = Token.random();
        Instant now = clock.instant();
        UserId user = credentials.user().id();
        store.createSession(token.digest(), credentials, now, now.plus(SESSION_LIFETIME))
                .forEach(ended -> bus.publish(new EventBus.Event.SessionsRevoked(user, ended)));
        return token.value();
    }

    public Optional<Session> session(String token) {
        return store.session(new Token(token).digest(), clock.instant());
    }

    public boolean isActive(Session session) {
        return store.session(session.id(), clock.instant()).isPresent();
    }

    /** Returns whether the lifetime of a session that ends then is over. */
    public boolean hasExpired(Instant expires) {
        return !expires.isAfter(clock.instant());
    }

    /** Returns those of these session ids that have neither ended nor expired. */
    public Set<String> activeSessions(Collection<String> sessions) {
        return store.activeSessions(sessions, clock.instant());
    }

    /** Returns whether the user had this username before the present one, and nobody else has it now. */
    public boolean isFormerName(User user, String username) {
        return store.isFormerName(user.id(), username);
    }

    /** Ends this session and its connections. */
    public void signOut(Session session) {
        store.endSession(session.id());
        bus.publish(new EventBus.Event.SessionsRevoked(session.user().id(), session.id()));
    }

    /**
     * Ends the session that a browser had when this user signed in there. The connections of the same user open again with
     * the new session.
     */
    public void replace(Session session, User user) {
        if (session.user().id().equals(user.id())) {
            store.endSession(session.id());
            bus.publish(new EventBus.Event.SessionReplaced(session.id(), true));
        } else {
            signOut(session);
        }
    }

    /** Ends all sessions of the user and their connections. */
    public void signOutEverywhere(User user) {
        store.endSessions(user.id());
        bus.publish(new EventBus.Event.SessionsRevoked(user.id(), null));
    }
}
