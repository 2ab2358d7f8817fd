package chat.klatsch.web.room;

import chat.klatsch.core.RandomToken;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;

/**
 * The form to edit a message.
 *
 * @param key names the form where its text is saved while it is open
 * @param body the text so far
 * @param refusal the reason why it was not saved
 * @param draft the saved text that it shows
 * @param focus whether the user has just opened it
 * @param fromComposer whether the focus returns to the composer
 */
public record EditForm(
        MessageView view,
        String key,
        String body,
        Optional<String> refusal,
        Optional<DraftVersion> draft,
        boolean focus,
        boolean fromComposer) {
    private static final String COMPOSER = "composer";

    /** Opens a form with the text that another one has saved, or else with the message's. */
    static EditForm opened(MessageView view, Optional<SavedDraft> saved, boolean fromComposer) {
        String body = saved.map(SavedDraft::body).orElse(view.message().body());
        return new EditForm(
                view,
                RandomToken.ofBits(128),
                body,
                Optional.empty(),
                saved.map(SavedDraft::version),
                true,
                fromComposer);
    }

    /** Shows a form again that was left open. */
    static EditForm leftOpen(MessageView view, SavedDraft saved) {
        return new EditForm(
                view,
                RandomToken.ofBits(128),
                saved.body(),
                Optional.empty(),
                Optional.of(saved.version()),
                false,
                false);
    }

    /** Returns a form that was refused, with its text and key. */
    static EditForm refused(
            MessageView view, String key, String body, Optional<String> refusal, Optional<DraftVersion> draft) {
        return new EditForm(view, key, body, refusal, draft, true, false);
    }

    /** Removes the form from the page. */
    static JteModel closed(ChatRequest request, MessageView view) {
        return new StaticTemplates().roomClosedEdit(view, request.form("from").equals(COMPOSER));
    }
}
