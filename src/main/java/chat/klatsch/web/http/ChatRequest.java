package chat.klatsch.web.http;

import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request, with the user who sent it and the room in its path, and its response. Confined to the request's thread. */
public final class ChatRequest {
    /** The attribute of requests for the head of a response, which otherwise look like those for the whole. */
    public static final String HEAD = "chat.klatsch.head";

    private final Context context;
    private final Sessions sessions;
    private final MembershipService memberships;
    private final InboxService inboxes;
    private final RepeatedRequests repeated;
    private final Clock clock;
    private Site site;
    private @Nullable Room room;

    ChatRequest(
            Context context,
            Sessions sessions,
            MembershipService memberships,
            InboxService inboxes,
            Site site,
            RepeatedRequests repeated,
            Clock clock) {
        this.context = context;
        this.sessions = sessions;
        this.memberships = memberships;
        this.inboxes = inboxes;
        this.site = Sessions.readBy(context, site);
        this.repeated = repeated;
        this.clock = clock;
    }

    public Context context() {
        return context;
    }

    public Site site() {
        return site;
    }

    public boolean isSignedIn() {
        return sessions.of(context).isPresent();
    }

    /** @throws ChatException SIGNED_OUT without a session */
    public Session session() {
        boolean isNew = Sessions.known(context).isEmpty();
        Session session = sessions.require(context);
        if (isNew) {
            site = Sessions.readBy(context, site);
        }
        return session;
    }

    /** @throws ChatException SIGNED_OUT without a session */
    public User user() {
        return session().user();
    }

    /** The username of the viewer of the page that sends the request, or whose page it asks for; empty without one. */
    public String viewer() {
        return PageViewer.name(context, sessions);
    }

    /** The room in the path. @throws ChatException SIGNED_OUT, or NOT_FOUND where the user is not a member */
    public Room room() {
        if (room == null) {
            room = memberships.room(user(), roomId());
        }
        return room;
    }

    /** The room in the path, of which the user may not be a member. @throws ChatException NOT_FOUND for a malformed id */
    public RoomId roomId() {
        return new RoomId(context.pathParam("room"));
    }

    /** The sequence number in the path. @throws ChatException MALFORMED for anything else */
    public long seq() {
        return Json.number(context.pathParam("seq"));
    }

    /** The network that the request comes from. */
    public Network network() {
        return Network.of(context);
    }

    /** A parameter in the path. */
    public String path(String name) {
        return context.pathParam(name);
    }

    /** A field of the form, empty if missing. */
    public String form(String name) {
        return Objects.requireNonNullElse(context.formParam(name), "");
    }

    /** A field of the form that is a number, if it is filled in. @throws ChatException MALFORMED for other text */
    public OptionalLong number(String name) {
        String value = form(name);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Json.number(value));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    /** A field of the form or, where a link leads to the form, of the query; empty if missing. */
    public String field(String name) {
        return FormRequests.isSafe(context) ? query(name).orElse("") : form(name);
    }

    /** Returns whether only the head of the response is asked for. */
    public boolean isHead() {
        return context.attribute(HEAD) != null;
    }

    /** Returns whether htmx sent the request and expects a fragment. */
    public boolean isHtmx() {
        return ErrorResponses.isHtmx(context);
    }

    public LocalTimes times() {
        return new LocalTimes(session().readerStyle(language(context), site.texts()), clock.instant());
    }

    /** Returns the languages that the browser prefers, or an empty string. */
    public static String language(Context context) {
        return Objects.requireNonNullElse(context.header("Accept-Language"), "");
    }

    /** Returns a text in the reader's language. @param arguments strings, numbers and further texts */
    public String text(String key, Object... arguments) {
        return site.text(key, arguments);
    }

    /** @param title the key of the title */
    public PageContext page(String title) {
        return titledPage(text(title));
    }

    /** A page whose title is a name or is in the reader's language already. */
    public PageContext titledPage(String title) {
        return new PageContext(site, title, user(), FlashMessage.of(this));
    }

    /** A page for anyone, which shows no viewer. @param title the key of the title */
    public PageContext publicPage(String title) {
        return new PageContext(site, text(title), null, FlashMessage.of(this));
    }

    /**
     * The user's rooms beside a page, which the page may keep up to date by its scripts.
     *
     * @param room the room whose messages the page shows
     */
    public Sidebar sidebar(RoomId room) {
        return sidebar(Optional.of(room), true);
    }

    /** The user's rooms beside a page that shows no messages, but may be about a room. */
    public Sidebar sidebarAbout(Optional<RoomId> room) {
        return sidebar(room, false);
    }

    private Sidebar sidebar(Optional<RoomId> current, boolean shown) {
        String nonce = RandomToken.ofBits(128);
        context.header(ContentPolicy.HEADER, ContentPolicy.withNonce(nonce, site));
        Sidebar sidebar = new Sidebar(inboxes.withPresence(memberships.roomsOf(user())), current, shown, nonce);
        return site.isEmbedded() ? sidebar.ofCurrent() : sidebar;
    }

    /** The user's rooms beside a page that is about none of them. */
    public Sidebar sidebar() {
        return sidebarAbout(Optional.empty());
    }

    public void show(JteModel template) {
        Html.send(context, site, template);
    }

    /** The path of the page that led to the request, or this one if the request names none. */
    public String back(String path) {
        String back = field("back");
        return back.isEmpty() ? path : SignInLink.ownPath(back);
    }

    /** Redirects to a path in the chat. */
    public void redirect(String path) {
        context.redirect(site.path(path), HttpStatus.SEE_OTHER);
    }

    /** Redirects to the page of a room, or to a path below it. */
    public void redirect(RoomId room, String below) {
        redirect("/rooms/" + room + below);
    }

    /**
     * Runs an action and redirects to a path in the chat, or shows the page with the reason if the action is refused. The
     * same form with the same key leads to where it has led before.
     */
    public void perform(Runnable action, String next, Function<Optional<String>, JteModel> page) {
        try {
            once(action, next);
        } catch (ChatException refusal) {
            refuse(refusal, page);
        }
    }

    /** Like {@link #perform}, for an action whose refusal has no page of its own. */
    public void once(Runnable action, String next) {
        redirect(repeated.once(context, next, action));
    }

    /**
     * Runs an action, once for each key that a form carries.
     *
     * @param answer what {@link #answer} returns to a request that comes later
     * @throws IdempotencyKeys.RepeatedRequestException if the same request has been carried out
     */
    public <T> T once(String answer, Supplier<T> action) {
        return repeated.once(context, answer, action);
    }

    /** Returns the answer of the same request with the same key, if it has been carried out. */
    public Optional<String> answer() {
        return repeated.answer(context);
    }

    /** Records the form's key at once. @throws IdempotencyKeys.RepeatedRequestException if it has been carried out */
    public void record() {
        repeated.record();
    }

    /**
     * Shows a page with the refusal's status and reason.
     *
     * @throws ChatException the refusal itself, for a client that accepts JSON
     */
    public void refuse(ChatException refusal, Function<Optional<String>, JteModel> page) {
        ErrorResponses.refuse(refusal, context);
        show(page.apply(Optional.of(site.text(refusal.text()))));
    }
}
