package chat.klatsch.web.http;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.web.host.HostRequests;
import chat.klatsch.web.host.Recheck;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and starts sessions by the cookie that holds their token, or finds them through the host. Thread-safe. */
public final class Sessions {
    /** The attribute of a request that holds its session once that is known. */
    public static final String ATTRIBUTE = Sessions.class.getName();

    private final AccountService accounts;
    private final HostCookie cookie;
    private final Optional<HostRequests> host;

    /**
     * @param host recognises the sender of each request, so that no cookie counts
     * @param site if browsers reach it over https, the cookie is bound to its host and to https
     */
    public Sessions(AccountService accounts, Site site, Optional<HostRequests> host) {
        this.accounts = accounts;
        this.cookie = new HostCookie("klatsch", site);
        this.host = host;
    }

    /**
     * The request's session, looked up once.
     *
     * @throws ChatException OTHER_USER if the page that sends the request was rendered for another user
     */
    public Optional<Session> of(Context context) {
        Optional<Session> known = known(context);
        if (known.isPresent()) {
            return known;
        }
        Optional<Session> session = find(context);
        session.ifPresent(found -> {
            PageViewer.requireSame(context, found.user(), accounts);
            context.attribute(ATTRIBUTE, found);
        });
        return session;
    }

    /** Returns the user in the {@link #ATTRIBUTE}, which may be missing. */
    public static Optional<User> user(@Nullable Object attribute) {
        return attribute instanceof Session session ? Optional.of(session.user()) : Optional.empty();
    }

    /** Returns the chat in the language of the request's sender, who is known once the session has been looked up. */
    public static Site readBy(Context context, Site site) {
        String chosen = known(context).map(Session::language).orElse("");
        return site.in(chosen, ChatRequest.language(context));
    }

    static Optional<Session> known(Context context) {
        return Optional.ofNullable(context.attribute(ATTRIBUTE));
    }

    private Optional<Session> find(Context context) {
        return host.isPresent() ? host.get().session(context.req()) : ofCookie(context);
    }

    private Optional<Session> ofCookie(Context context) {
        return cookie.value(context).flatMap(accounts::session);
    }

    /** Returns the user who is signed in, whoever the page was rendered for that sends the request. */
    public Optional<User> current(Context context) {
        return find(context).map(Session::user);
    }

    /** @throws ChatException SIGNED_OUT without a session */
    public Session require(Context context) {
        return of(context).orElseThrow(() -> new ChatException(ChatException.Kind.SIGNED_OUT, "refusal.signed.out"));
    }

    /** Returns what asks the host again who has sent a request. Empty if only the store knows it. */
    public Optional<Recheck> recheck(Context context, Session session) {
        return host.map(requests -> requests.recheck(context.req(), session));
    }

    /** Returns whether a session that was found earlier is still open. */
    public boolean isOpen(Session session) {
        return accounts.isActive(session);
    }

    /** Starts a session, and ends the one that it replaces in the browser. */
    public void begin(Context context, AccountStore.Credentials credentials) {
        Optional<Session> replaced = ofCookie(context);
        cookie.set(context, accounts.startSession(credentials), (int) AccountService.SESSION_LIFETIME.toSeconds());
        replaced.ifPresent(session -> accounts.replace(session, credentials.user()));
    }

    public void forget(Context context) {
        cookie.set(context, "", 0);
    }
}
