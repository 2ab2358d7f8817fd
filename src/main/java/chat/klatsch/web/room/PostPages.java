package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
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

    /** The composer that follows the one with this key. It never changes, so browsers cache it. */
    public void composer(ChatRequest request) {
        String sent = request.path("key");
        request.context().header("Cache-Control", "private, max-age=86400, immutable");
        request.show(templates.roomNextComposer(
                request.site(), sent, Composer.next(request.viewer(), request.roomId(), sent)));
    }

    /** A composer with the same text that replies to no message. */
    public void plainComposer(ChatRequest request) {
        Composer composer = Composer.fresh(request.viewer(), request.room().id())
                .withBody(Composer.submittedText(request.context()));
        request.show(templates.roomComposer(request.site(), composer, true));
    }

    public void post(ChatRequest request) {
        Context context = request.context();
        RoomId room = request.roomId();
        String body = Composer.submittedText(context);
        String given = request.form("key");
        String key = given.isEmpty() ? UUID.randomUUID().toString() : given;
        OptionalLong replyTo = OptionalLong.empty();
        Message message;
        try {
            String answered = request.form("replyTo");
            replyTo = answered.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Json.number(answered));
            postRate.take(request.user().id());
            message = rooms.postAndWait(request.room(), new Draft(request.user(), body, key, replyTo));
            inboxes.markRead(room, request.user(), message.seq());
        } catch (RuntimeException failure) {
            ChatException refusal = ErrorResponses.explain(failure);
            refuse(request, Composer.refused(request.viewer(), room, key, replyTo, body, refusal.reason()), refusal);
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
            // Removes the composer that was sent; a fresh one follows unless the next is on the page already.
            context.header("HX-Reswap", "outerHTML swapEmpty:true scroll:bottom scrollTarget:#scroller");
            request.show(templates.roomSent(request.site(), key, Composer.fresh(request.viewer(), room)));
        } else {
            request.redirect(room, "");
        }
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
                                request.site(),
                                unsent,
                                Composer.fresh(unsent.viewer(), unsent.room()),
                                refusal.kind() == ChatException.Kind.OTHER_USER)
                        : templates.roomRefusedPage(request.publicPage("Not sent"), unsent));
    }

    private record Posted(long seq) {}
}
