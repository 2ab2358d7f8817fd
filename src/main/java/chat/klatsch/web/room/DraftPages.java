package chat.klatsch.web.room;

import chat.klatsch.draft.DraftService;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.MessageService;
import chat.klatsch.message.Quote;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** Saves what a user types in the composer, and shows it again. Thread-safe. */
public final class DraftPages {
    /** A page saves at most twice a second while its user types. */
    private static final int SAVES_PER_MINUTE = 300;

    private final DraftService drafts;
    private final MessageService messageService;
    private final RateLimiter saveRate =
            new RateLimiter("Your text changes too often to be kept. Please wait a moment.", SAVES_PER_MINUTE, 0);
    private final SavesUnderWay saves = new SavesUnderWay();
    private final StaticTemplates templates = new StaticTemplates();

    public DraftPages(DraftService drafts, MessageService messageService) {
        this.drafts = drafts;
        this.messageService = messageService;
    }

    /** Saves the text, or erases it and returns to the room if the user discards it without scripts. */
    public void save(ChatRequest request) {
        boolean discarded = !request.form("discard").isEmpty();
        saves.run(request, () -> {
            saveRate.take(request.user().id());
            // A save without a number is never late.
            long at = request.number("at").orElse(Long.MAX_VALUE);
            SavedDraft draft = new SavedDraft(
                    discarded ? "" : request.form("body"),
                    request.number("replyTo"),
                    new DraftVersion(request.form("key"), at));
            drafts.save(request.room(), request.user(), draft, shown(request));
        });
        if (discarded) {
            request.redirect(request.roomId(), "");
        } else {
            request.context().status(HttpStatus.NO_CONTENT);
        }
    }

    /** Enters the draft in the composer with this key, which shows it already, or without a key in one that is empty. */
    public void enter(ChatRequest request) {
        Composer composer = composer(request);
        request.show(request.query("key")
                .map(Composer::requireKey)
                .<JteModel>map(key -> templates.roomDraft(composer, key))
                .orElseGet(() -> templates.roomLateDraft(request.site(), composer)));
    }

    /** Waits for what the page that the browser leaves is saving. */
    void awaitSaves(ChatRequest request) {
        saves.await(request);
    }

    /** Returns a composer with the user's draft, if there is one. */
    Composer composer(ChatRequest request) {
        return drafts.draft(request.room(), request.user())
                .map(draft -> Composer.of(request.viewer(), request.room().id(), draft, quote(request, draft)))
                .orElseGet(() -> Composer.fresh(request.viewer(), request.room().id()));
    }

    private Optional<Quote> quote(ChatRequest request, SavedDraft draft) {
        return draft.replyTo().isPresent()
                ? messageService.quote(request.room(), draft.replyTo().getAsLong())
                : Optional.empty();
    }

    /** Returns the draft that the submitted composer showed first. @throws ChatException MALFORMED, INVALID */
    static Optional<DraftVersion> shown(ChatRequest request) {
        String version = request.form("draft");
        int end = version.lastIndexOf('@');
        return end < 0
                ? Optional.empty()
                : Optional.of(new DraftVersion(version.substring(0, end), Json.number(version.substring(end + 1))));
    }
}
