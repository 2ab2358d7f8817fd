package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Writing to a room by form: the forms to write in, and what becomes of what was written. Thread-safe. */
public final class PostPages {
    private final MembershipService memberships;
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final Sessions sessions;
    private final RateLimiter limit;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public PostPages(
            MembershipService memberships,
            ChatRoomService rooms,
            InboxService inboxes,
            Sessions sessions,
            RateLimiter limit,
            Site site) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.sessions = sessions;
        this.limit = limit;
        this.site = site;
    }

    /** The form that comes after the one with this key; the same for everybody and for ever, so browsers keep it. */
    public void composer(Context context) {
        String sent = context.pathParam("key");
        context.header("Cache-Control", "private, max-age=86400, immutable");
        Html.send(context, templates.roomNextComposer(site, sent, Composer.following(roomId(context), sent)));
    }

    /** The same form with what is written in it, answering nothing. */
    public void plainComposer(Context context) {
        RoomId room = memberships
                .room(sessions.require(context).user(), roomId(context))
                .id();
        Composer composer = Composer.fresh(room).with(Composer.written(context));
        Html.send(context, templates.roomComposer(site, composer, true));
    }

    public void post(Context context) {
        RoomId room = roomId(context);
        String body = Composer.written(context);
        String key = Optional.ofNullable(context.formParam("key"))
                .filter(given -> !given.isEmpty())
                .orElseGet(() -> UUID.randomUUID().toString());
        OptionalLong replyTo = OptionalLong.empty();
        Message message;
        try {
            String answered = Objects.requireNonNullElse(context.formParam("replyTo"), "");
            replyTo = answered.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Json.number(answered));
            User author = sessions.require(context).user();
            limit.take(author.id());
            message = rooms.postAndWait(memberships.room(author, room), new Draft(author, body, key, replyTo));
            inboxes.read(room, author, message.seq());
        } catch (RuntimeException failure) {
            ChatException refusal = ErrorResponses.explain(failure);
            refuse(context, Composer.unsent(room, key, replyTo, body, refusal.reason()), refusal);
            return;
        }
        if (ErrorResponses.wantsJson(context)) {
            context.status(HttpStatus.CREATED)
                    .contentType("application/json")
                    .result(Json.write(new Posted(message.seq())));
        } else if (ErrorResponses.isHtmx(context)) {
            if (context.formParam("past") != null) {
                context.header("HX-Redirect", site.room(room));
            }
            // The form that was sent goes; a fresh one comes where none is waiting already.
            context.header("HX-Reswap", "outerHTML swapEmpty:true scroll:bottom scrollTarget:#scroller");
            Html.send(context, templates.roomSent(site, key, Composer.fresh(room)));
        } else {
            context.redirect(site.room(room), HttpStatus.SEE_OTHER);
        }
    }

    /** Says why, and gives the text back with its key. */
    private void refuse(Context context, Composer unsent, ChatException refusal) {
        ErrorResponses.refuse(refusal, context);
        if (ErrorResponses.isHtmx(context)) {
            context.header("HX-Reswap", "outerHTML");
            Html.send(context, templates.roomRefused(site, unsent, Composer.fresh(unsent.room())));
        } else {
            Html.send(context, templates.roomRefusedPage(new PageContext(site, "Not sent", null), unsent));
        }
    }

    private static RoomId roomId(Context context) {
        return new RoomId(context.pathParam("room"));
    }

    private record Posted(long seq) {}
}
