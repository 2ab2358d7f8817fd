package chat.klatsch.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.event.EventBus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Signing up, in and out. A sign-in is a row that any JVM can look up by the SHA-256 of a 256-bit token; the token
 * itself is only in the person's cookie. Thread-safe.
 */
public final class AccountService {
    /** How long a sign-in lasts. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    private final AccountStore store;
    private final PasswordHasher passwords;
    private final EventBus bus;
    private final Clock clock;

    /** Compared against where there is no such person, so that the answer takes as long as where there is. */
    private final CompletableFuture<String> nobodysHash = new CompletableFuture<>();

    public AccountService(AccountStore store, PasswordHasher passwords, EventBus bus, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.bus = bus;
        this.clock = clock;
    }

    /** @throws ChatException TAKEN when somebody has the username or the e-mail address */
    public AccountStore.Credentials signUp(NewAccount account) {
        String hash = passwords.hash(account.password());
        return new AccountStore.Credentials(store.create(account, hash, clock.instant()), hash);
    }

    /**
     * @param login a username or an e-mail address
     * @throws ChatException SIGNED_OUT, equal in words and time whether the person or the password is unknown
     */
    public AccountStore.Credentials signIn(String login, String password) {
        if (!nobodysHash.isDone()) {
            // The first to sign in waits for it, whoever they are.
            nobodysHash.complete(passwords.hash(Token.next().value()));
        }
        Optional<AccountStore.Credentials> known = store.credentials(login);
        String hash = known.map(AccountStore.Credentials::passwordHash).orElseGet(nobodysHash::join);
        boolean matches = passwords.matches(password, hash);
        return known.filter(credentials -> matches)
                .orElseThrow(() -> new ChatException(
                        ChatException.Kind.SIGNED_OUT, "Username, e-mail or password is wrong. Please try again."));
    }

    /** The person with this username. @throws ChatException NOT_FOUND when there is none */
    public User named(String username) {
        return store.credentials(username)
                .map(AccountStore.Credentials::user)
                // Nobody is found by their e-mail address.
                .filter(user -> NewAccount.comparable(user.username()).equals(NewAccount.comparable(username)))
                .orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "Nobody is called that."));
    }

    /**
     * Begins a sign-in and returns its token, which is kept nowhere else.
     *
     * @throws ChatException SIGNED_OUT when the password has been changed since it was asked for, FORBIDDEN for somebody
     *     who is banned: only who knows the password is told so
     */
    public String open(AccountStore.Credentials credentials) {
        Token token = Token.next();
        Instant now = clock.instant();
        store.open(token.digest(), credentials, now, now.plus(LIFETIME));
        return token.value();
    }

    public Optional<Session> session(String token) {
        return store.session(new Token(token).digest(), clock.instant());
    }

    /** Whether this sign-in has not ended meanwhile. */
    public boolean isOpen(Session session) {
        return store.session(session.id(), clock.instant()).isPresent();
    }

    /** Those of these sign-ins, named by {@link Session#session}, that have not ended. */
    public Set<String> openAmong(Collection<String> sessions) {
        return store.openAmong(sessions, clock.instant());
    }

    /** Ends this sign-in and the connections that were opened with it. */
    public void signOut(Session session) {
        store.close(session.id());
        bus.publish(new EventBus.Event.SessionsRevoked(session.user().id(), session.id()));
    }

    /** Ends all sign-ins of this person, on every device. */
    public void signOutEverywhere(Session session) {
        store.closeAll(session.user().id());
        bus.publish(new EventBus.Event.SessionsRevoked(session.user().id(), null));
    }
}
