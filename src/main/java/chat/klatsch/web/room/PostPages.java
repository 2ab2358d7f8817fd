package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.inbox.SeenRange;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Posting by form, and the composer. Thread-safe. */
public final class PostPages {
    private final ChatRoomService rooms;
    private final InboxService inboxes;
    private final RateLimiter postRate;
    private final StaticTemplates templates = new StaticTemplates();

    public PostPages(ChatRoomService rooms, InboxService inboxes, RateLimiter postRate) {
        this.rooms = rooms;
        this.inboxes = inboxes;
        this.postRate = postRate;
    }

    /** The spare composer that replaces the one with this key. It never changes, so browsers cache it. */
    public void composer(ChatRequest request) {
        String sent = request.path("key");
        request.context().header("Cache-Control", "private, max-age=86400, immutable");
        request.show(
                templates.roomNextComposer(request.site(), Composer.next(request.viewer(), request.roomId(), sent)));
    }

    /** Makes the composer a reply to no message, and leaves its text as it is. */
    public void plainComposer(ChatRequest request) {
        request.show(templates.roomPlainComposer());
    }

    public void post(ChatRequest request) {
        Context context = request.context();
        RoomId room = request.roomId();
        String body = request.form("body");
        String given = request.form("key");
        String key = given.isEmpty() ? UUID.randomUUID().toString() : given;
        OptionalLong replyTo = OptionalLong.empty();
        Optional<DraftVersion> shown = Optional.empty();
        Message message;
        try {
            replyTo = request.number("replyTo");
            shown = DraftPages.shown(request);
            Optional<DraftVersion> saved = shown.or(() -> saved(key));
            postRate.take(request.user().id());
            message = rooms.postAndWait(request.room(), new Draft(request.user(), body, key, replyTo, saved));
            if (!request.isHtmx()) {
                // A page with scripts reports itself what was in sight.
                inboxes.markRead(room, request.user(), SeenRange.upTo(message.seq()));
            }
        } catch (RuntimeException failure) {
            if (request.isHtmx() && body.isBlank() && replyTo.isEmpty()) {
                showSent(request, room, key);
            } else {
                ChatException refusal = ErrorResponses.explain(failure);
                refuse(request, Composer.refused(request.viewer(), room, key, replyTo, body, refusal, shown), refusal);
            }
            return;
        }
        if (ErrorResponses.wantsJson(context)) {
            context.status(HttpStatus.CREATED)
                    .contentType("application/json")
                    .result(Json.write(new Posted(message.seq())));
        } else if (request.isHtmx()) {
            if (context.formParam("past") != null) {
                context.header("HX-Redirect", request.site().room(room));
            }
            showSent(request, room, key);
        } else {
            request.redirect(room, "");
        }
    }

    /** Returns what the composer with this key may have saved, though another one may have shown it. */
    private static Optional<DraftVersion> saved(String key) {
        return DraftVersion.isKey(key) ? Optional.of(new DraftVersion(key, 0)) : Optional.empty();
    }

    /** Removes the composer that was sent, or was blank; a fresh one follows unless the next is on the page already. */
    private void showSent(ChatRequest request, RoomId room, String key) {
        request.context().header("HX-Reswap", "outerHTML swapEmpty:true scroll:bottom scrollTarget:#scroller");
        request.show(templates.roomSent(request.site(), key, Composer.fresh(request.viewer(), room)));
    }

    /** Shows the reason, and returns the text with its key. */
    private void refuse(ChatRequest request, Composer unsent, ChatException refusal) {
        if (request.isHtmx()) {
            request.context().header("HX-Reswap", "outerHTML");
        }
        request.refuse(
                refusal,
                reason -> request.isHtmx()
                        ? templates.roomRefused(
                                request.site(), unsent, Composer.fresh(unsent.viewer(), unsent.room()), signIn(request))
                        : templates.roomRefusedPage(request.publicPage("unsent.title"), unsent, signIn(request)));
    }

    private static SignInLink signIn(ChatRequest request) {
        Site site = request.site();
        return SignInLink.from(site, site.requestedPath(request.context()));
    }

    private record Posted(long seq) {}
}
