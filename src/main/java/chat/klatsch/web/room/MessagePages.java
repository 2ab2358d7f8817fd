package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.draft.DraftService;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.MessageService;
import chat.klatsch.message.Quote;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Links, replies, edits, deletions and reactions of a single message. With scripts they take place in the room's page,
 * without scripts on pages of their own. Thread-safe.
 */
public final class MessagePages {
    private final MessageService messageService;
    private final DraftService drafts;
    private final RateLimiter postRate;
    private final StaticTemplates templates = new StaticTemplates();

    public MessagePages(MessageService messageService, DraftService drafts, RateLimiter postRate) {
        this.messageService = messageService;
        this.drafts = drafts;
        this.postRate = postRate;
    }

    /** The permanent address of a message: its menu for htmx, otherwise a redirect to the room's page. */
    public void message(ChatRequest request) {
        MessageView view = view(request);
        if (request.isHtmx()) {
            request.show(templates.roomMenu(view.with(messageService.reactions(
                    view.room(), view.viewer(), view.message().seq()))));
        } else {
            String seq = request.path("seq");
            request.redirect(view.room().id(), "?at=" + seq + "#m-" + seq);
        }
    }

    public void react(ChatRequest request) {
        MessageView view = limited(request);
        Emoji emoji = Emoji.of(request.form("emoji"));
        if (isOn(request, view, emoji)) {
            messageService.react(view.room(), view.viewer(), view.message().seq(), emoji);
        } else {
            messageService.unreact(view.room(), view.viewer(), view.message().seq(), emoji);
        }
        closeMenu(request, Optional.of(emoji));
    }

    /**
     * Returns whether to set the reaction or to remove it. A button sends the users whom it shows, and so removes the
     * reaction of a user whom it shows. A toggle of the current state would undo it when a request arrives twice.
     */
    private static boolean isOn(ChatRequest request, MessageView view, Emoji emoji) {
        String on = request.form("on");
        if (!List.of("", "true", "false").contains(on)) {
            throw new ChatException(
                    ChatException.Kind.MALFORMED, "Set the reaction with on=true, remove it with on=false.");
        }
        boolean isShown = List.of(request.form(emoji.code()).split(" "))
                .contains(view.viewer().username());
        return on.isEmpty() ? !isShown : on.equals("true");
    }

    public void delete(ChatRequest request) {
        MessageView view = limited(request);
        messageService.delete(view.room(), view.viewer(), view.message());
        closeMenu(request, Optional.empty());
    }

    public void editForm(ChatRequest request) {
        MessageView view = view(request);
        if (!view.mayEdit()) {
            throw MessageService.mayNotEdit();
        }
        Optional<SavedDraft> saved = drafts.openForms(view.room(), view.viewer()).stream()
                .filter(open -> open.seq().equals(OptionalLong.of(view.message().seq())))
                .map(OpenForm::draft)
                .findFirst();
        EditForm form = EditForm.opened(view, saved);
        request.show(request.isHtmx() ? templates.roomEditing(form) : editPage(request, form));
    }

    public void edit(ChatRequest request) {
        MessageView view = view(request);
        String body = request.form("body");
        try {
            postRate.take(view.viewer().id());
            Edit edit = new Edit(body, Optional.of(request.form("edit")), DraftPages.shown(request));
            messageService.edit(view.room(), view.viewer(), view.message(), edit);
        } catch (ChatException refusal) {
            refuseEdit(request, view, body, refusal);
            return;
        }
        if (request.isHtmx()) {
            request.context().header("HX-Reswap", "delete").result("");
        } else {
            request.redirect(view.room().id(), "/messages/" + view.message().seq());
        }
    }

    /**
     * Makes the composer a reply to a message unless that is deleted, and leaves its text as it is; without htmx, a composer
     * on its own page.
     */
    public void reply(ChatRequest request) {
        MessageView view = view(request);
        Composer plain = Composer.fresh(request.viewer(), view.room().id());
        Composer composer = view.message().isDeleted() ? plain : plain.replyingTo(Quote.of(view.message()));
        request.show(
                request.isHtmx()
                        ? templates.roomReply(request.site(), composer)
                        : templates.roomMessagePage(
                                request.page("Reply"),
                                view,
                                templates.roomComposer(
                                        request.site(), composer, false, false, Optional.empty(), false, true)));
    }

    /** Shows the reason. With htmx the form stays as it is. */
    private void refuseEdit(ChatRequest request, MessageView view, String body, ChatException refusal) {
        if (request.isHtmx()) {
            request.context().header("HX-Reswap", "none");
        }
        request.refuse(
                refusal,
                reason -> request.isHtmx()
                        ? templates.roomEditRefusal(view, refusal.reason(), true)
                        : editPage(
                                request,
                                EditForm.refused(view, request.form("edit"), body, reason, DraftPages.shown(request))));
    }

    private JteModel editPage(ChatRequest request, EditForm form) {
        return templates.roomMessagePage(request.page("Edit"), form.view(), templates.roomEdit(form));
    }

    /** Closes the menu over the message as it is now. @param emoji the reaction that has been set or removed */
    private void closeMenu(ChatRequest request, Optional<Emoji> emoji) {
        if (request.isHtmx()) {
            MessageView now = view(request);
            boolean isShown = now.message().reactions().stream()
                    .anyMatch(reaction -> emoji.equals(Optional.of(reaction.emoji())));
            request.show(templates.roomActed(
                    now, isShown ? "" : emoji.map(Emoji::code).orElse("")));
        } else {
            request.redirect(request.roomId(), "/messages/" + request.seq());
        }
    }

    /** Reactions and deletions count like posts, as each is broadcast to the room. */
    private MessageView limited(ChatRequest request) {
        MessageView view = view(request);
        postRate.take(view.viewer().id());
        return view;
    }

    /** @throws ChatException NOT_FOUND for a deleted message */
    private MessageView view(ChatRequest request) {
        return new MessageView(
                request.site(),
                request.room(),
                messageService.message(request.room(), request.seq()),
                request.user(),
                request.times(),
                Set.of());
    }
}
