package chat.klatsch.host;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the accounts of the host's users as the host describes them, and opens and ends their sessions. Thread-safe. */
public final class HostAccounts {
    private static final int SECRET_BITS = 256;

    private final HostAccountStore store;
    private final HostAvatars avatars;
    private final EventBus bus;
    private final Clock clock;

    public HostAccounts(HostAccountStore store, HostAvatars avatars, EventBus bus, Clock clock) {
        this.store = store;
        this.avatars = avatars;
        this.bus = bus;
        this.clock = clock;
    }

    /** Creates the user at first sight, and changes what the host now says otherwise. */
    public User provision(HostAccount account) {
        HostAccountStore.Known known = current(account);
        avatars.update(known, account);
        return known.user();
    }

    /**
     * Makes an account of the chat's own that of one of the host's users, and ends its sessions.
     *
     * @throws ChatException NOT_FOUND for an unknown username, TAKEN if the account or the id belongs to another one
     */
    public void adopt(String username, String id) {
        if (!HostAccount.isId(id)) {
            throw new IllegalArgumentException("the id of a user consists of 1 to 200 printable characters");
        }
        UserId adopted = store.adopt(NewAccount.comparable(username), id);
        bus.publish(new EventBus.Event.SessionsRevoked(adopted, null));
    }

    /** @throws ChatException NOT_FOUND for an unknown id */
    public User known(String id) {
        return find(id).orElseThrow(() -> new ChatException(ChatException.Kind.NOT_FOUND, "refusal.user.id"));
    }

    /** Returns the user with this id, if the host has named it. */
    public Optional<User> find(String id) {
        return store.find(id, clock.instant()).map(HostAccountStore.Known::user);
    }

    /**
     * Returns the session of a user whom the host recognises in each request. All the user's browsers share it.
     *
     * @throws ChatException FORBIDDEN for a user whom an operator has banned
     */
    public Session session(HostAccount account) {
        HostAccountStore.Known known = current(account);
        if (known.banned()) {
            throw banned();
        }
        avatars.updateLater(known, account);
        if (known.session().isPresent()) {
            return known.session().get();
        }
        Instant now = clock.instant();
        Instant expires = now.plus(AccountService.SESSION_LIFETIME);
        store.openSession(known.user().id(), digest(RandomToken.ofBits(SECRET_BITS)), now, until(now), expires);
        // A ban or another change may come in between.
        return current(account)
                .session()
                .orElseThrow(() -> new ChatException(ChatException.Kind.SIGNED_OUT, "refusal.signed.out"));
    }

    /**
     * Returns a secret that opens a session of the user once, within a minute.
     *
     * @throws ChatException FORBIDDEN for a user whom an operator has banned
     */
    public String issueToken(HostAccount account) {
        avatars.updateLater(current(account), account);
        String token = RandomToken.ofBits(SECRET_BITS);
        if (!store.storeToken(account.id(), digest(token), clock.instant())) {
            throw banned();
        }
        return token;
    }

    /** Returns the user whom the secret would sign in, unless it is used, expired or unknown. */
    public Optional<User> userOf(String token) {
        return store.tokenUser(digest(token), clock.instant());
    }

    /** Uses the secret up. Returns what starts the session, or nothing if the secret is used, expired or unknown. */
    public Optional<AccountStore.Credentials> redeem(String token) {
        return store.useToken(digest(token), clock.instant());
    }

    /** Ends all sessions of the user and their connections. Does nothing for an unknown id. */
    public void signOut(String id) {
        store.endSessions(id).ifPresent(user -> bus.publish(new EventBus.Event.SessionsRevoked(user, null)));
    }

    private HostAccountStore.Known current(HostAccount account) {
        Instant until = until(clock.instant());
        return store.find(account.id(), until)
                .filter(known -> known.is(account))
                .orElseGet(() -> {
                    @Nullable UserId renamed = store.save(account, clock.instant());
                    if (renamed != null) {
                        bus.publish(new EventBus.Event.UserRenamed(renamed));
                    }
                    return store.find(account.id(), until).orElseThrow();
                });
    }

    /** A shared session is replaced long before it ends, so that it does not end under an open page. */
    private static Instant until(Instant now) {
        return now.plus(AccountService.SESSION_LIFETIME.dividedBy(2));
    }

    private static ChatException banned() {
        return new ChatException(ChatException.Kind.FORBIDDEN, "refusal.banned");
    }

    private static String digest(String token) {
        return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
    }
}
