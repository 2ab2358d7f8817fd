package chat.klatsch.web.room;

import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageService;
import chat.klatsch.message.Quote;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * A single message and what can be done with it: linked to, answered, edited, deleted, reacted to. With scripts all of
 * it happens in the room's page; without, on pages of its own. Thread-safe.
 */
public final class MessagePages {
    private final MembershipService memberships;
    private final MessageService messageService;
    private final Sessions sessions;
    private final RateLimiter postPages;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public MessagePages(
            MembershipService memberships,
            MessageService messageService,
            Sessions sessions,
            RateLimiter postPages,
            Site site) {
        this.memberships = memberships;
        this.messageService = messageService;
        this.sessions = sessions;
        this.postPages = postPages;
        this.site = site;
    }

    /** The permanent address of a message: its menu for the page that shows it, and for all others a way to it. */
    public void message(Context context) {
        MessageView view = view(context);
        if (ErrorResponses.isHtmx(context)) {
            Html.send(context, templates.roomMenu(view));
        } else {
            String seq = context.pathParam("seq");
            context.redirect(site.room(view.room().id()) + "?at=" + seq + "#m-" + seq, HttpStatus.SEE_OTHER);
        }
    }

    public void react(Context context) {
        MessageView view = taking(context);
        messageService.react(view.room(), view.viewer(), view.message().seq(), Emoji.of(field(context, "emoji")));
        done(context, view);
    }

    public void delete(Context context) {
        MessageView view = taking(context);
        messageService.delete(view.room(), view.viewer(), view.message());
        done(context, view);
    }

    public void editForm(Context context) {
        MessageView view = view(context);
        if (!view.mayEdit()) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "Only the author can edit a message.");
        }
        show(context, view, view.message().body(), Optional.empty());
    }

    public void edit(Context context) {
        MessageView view = view(context);
        String body = field(context, "body");
        try {
            postPages.take(view.viewer().id());
            messageService.edit(view.room(), view.viewer(), view.message(), body);
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            show(context, view, body, Optional.of(refusal.reason()));
            return;
        }
        if (ErrorResponses.isHtmx(context)) {
            context.header("HX-Reswap", "innerHTML swapEmpty:true").result("");
        } else {
            context.redirect(view.path(""), HttpStatus.SEE_OTHER);
        }
    }

    /** A form to answer a message with: on a page of its own, or in the place of the one that is there already. */
    public void reply(Context context) {
        MessageView view = view(context);
        Composer composer =
                Composer.fresh(view.room().id()).with(Composer.written(context)).answering(Quote.of(view.message()));
        if (ErrorResponses.isHtmx(context)) {
            Html.send(context, templates.roomReply(site, composer));
        } else {
            Html.send(
                    context,
                    templates.roomMessagePage(
                            new PageContext(site, "Answer", view.viewer()),
                            view,
                            templates.roomComposer(site, composer, false)));
        }
    }

    private void show(Context context, MessageView view, String body, Optional<String> refusal) {
        if (ErrorResponses.isHtmx(context)) {
            Html.send(context, templates.roomEditing(view, body, refusal));
        } else {
            Html.send(
                    context,
                    templates.roomMessagePage(
                            new PageContext(site, "Edit", view.viewer()),
                            view,
                            templates.roomEdit(view, body, refusal)));
        }
    }

    private void done(Context context, MessageView view) {
        if (ErrorResponses.isHtmx(context)) {
            Html.send(context, templates.roomClosedMenu(false));
        } else {
            context.redirect(view.path(""), HttpStatus.SEE_OTHER);
        }
    }

    /** Reactions and deletions count like posts: each reaches everybody. */
    private MessageView taking(Context context) {
        MessageView view = view(context);
        postPages.take(view.viewer().id());
        return view;
    }

    /** @throws ChatException NOT_FOUND where this person may not be, and for what is not there any more */
    private MessageView view(Context context) {
        Session session = sessions.require(context);
        User viewer = session.user();
        Room room = memberships.room(viewer, new RoomId(context.pathParam("room")));
        Message message = messageService.message(room, Json.number(context.pathParam("seq")));
        return new MessageView(site, room, message, viewer, new LocalTimes(session.zone()));
    }

    private static String field(Context context, String name) {
        return Objects.requireNonNullElse(context.formParam(name), "");
    }
}
