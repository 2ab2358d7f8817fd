package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.draft.DraftService;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.MessageService;
import chat.klatsch.message.Quote;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Links, replies, edits and deletions of a single message. With scripts they take place in the room's page,
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
            request.show(templates.roomMenu(view.withReactions(messageService)));
        } else {
            String seq = request.path("seq");
            request.redirect(view.room().id(), "?at=" + seq + "#m-" + seq);
        }
    }

    public void delete(ChatRequest request) {
        MessageView view = view(request);
        // Counts like a post, as it is broadcast to the room.
        postRate.take(view.viewer().id());
        messageService.delete(view.room(), view.viewer(), view.message());
        if (request.isHtmx()) {
            request.show(templates.roomActed(view(request), ""));
        } else {
            request.redirect(request.roomId(), "/messages/" + request.seq());
        }
    }

    /** The form to edit the user's newest message, if it is on the newest page, as opened from the composer. */
    public void editNewest(ChatRequest request) {
        List<LogEntry> newest = messageService.newest(request.room()).entries();
        Optional<MessageView> own = newest.stream()
                .map(entry -> MessageView.of(request, entry.message()))
                .filter(view -> view.mayEdit() && !view.message().isDeleted())
                .reduce((one, later) -> later);
        if (own.isPresent()) {
            request.show(templates.roomEditing(EditForm.opened(own.get(), saved(own.get()), true)));
        } else {
            request.context().status(HttpStatus.NO_CONTENT);
        }
    }

    public void editForm(ChatRequest request) {
        MessageView view = view(request);
        if (!view.mayEdit()) {
            throw MessageService.mayNotEdit();
        }
        EditForm form = EditForm.opened(view, saved(view), false);
        request.show(request.isHtmx() ? templates.roomEditing(form) : editPage(request, form));
    }

    private Optional<SavedDraft> saved(MessageView view) {
        return drafts.openForms(view.room(), view.viewer()).stream()
                .filter(open -> open.seq().equals(OptionalLong.of(view.message().seq())))
                .map(OpenForm::draft)
                .findFirst();
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
            request.show(EditForm.closed(request, view));
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
                                request.page("reply"),
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
                        ? templates.roomEditRefusal(view, reason.orElseThrow(), true)
                        : editPage(
                                request,
                                EditForm.refused(view, request.form("edit"), body, reason, DraftPages.shown(request))));
    }

    private JteModel editPage(ChatRequest request, EditForm form) {
        return templates.roomMessagePage(request.page("edit"), form.view(), templates.roomEdit(form));
    }

    private MessageView view(ChatRequest request) {
        return MessageView.of(request, messageService);
    }
}
