package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.draft.DraftService;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageService;
import chat.klatsch.message.Quote;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Saves what a user types in the composer, in messages that could not be sent and in edits, and shows it again. Thread-safe. */
public final class DraftPages {
    /** A page saves at most twice a second while its user types. */
    private static final int SAVES_PER_MINUTE = 300;

    private static final String YES = "yes";

    /** The number of characters before the limit from which on they are counted. */
    private static final int COUNTED = 200;

    private final DraftService drafts;
    private final MessageService messageService;
    private final int maxLength;
    private final RateLimiter saveRate = new RateLimiter("refusal.drafts.fast", SAVES_PER_MINUTE);
    private final SavesUnderWay saves = new SavesUnderWay();
    private final StaticTemplates templates = new StaticTemplates();

    /** @param maxLength the most characters in a message, or 0 */
    public DraftPages(DraftService drafts, MessageService messageService, int maxLength) {
        this.maxLength = maxLength;
        this.drafts = drafts;
        this.messageService = messageService;
    }

    /**
     * Saves the text, or erases it and returns to the room if the user discards it without scripts. An edit that is closed
     * keeps a text that differs from the message.
     */
    public void save(ChatRequest request) {
        boolean closes = request.form("close").equals(YES);
        boolean discards = request.form("discard").equals(YES) || closes && isUnchanged(request);
        saves.run(request, () -> {
            saveRate.take(request.user().id());
            OptionalLong seq = request.number("seq");
            seq.ifPresent(edited -> requireOwn(request, edited));
            if (seq.isPresent()) {
                save(request, new OpenForm(typed(request, request.form("edit"), discards), seq));
            } else if (discards || request.form("unsent").equals("true")) {
                String key = Composer.requireKey(request.form("key"));
                save(request, new OpenForm(typed(request, key, discards), seq));
            } else {
                drafts.save(request.room(), request.user(), typed(request, request.form("key"), false), shown(request));
            }
        });
        if (discards && !request.isHtmx()) {
            request.redirect(request.roomId(), "");
        } else if ((discards || closes) && request.number("seq").isPresent()) {
            Message edited =
                    messageService.message(request.room(), request.number("seq").getAsLong());
            request.show(EditForm.closed(request, MessageView.of(request, edited)));
        } else if (!discards && request.isHtmx() && isCounted(request)) {
            request.show(counter(request));
        } else {
            // htmx removes the form of a discarded text, but changes nothing on a response without content.
            request.context().status(discards ? HttpStatus.OK : HttpStatus.NO_CONTENT);
        }
    }

    /** Returns whether the page shows how long the text is, or should. */
    private boolean isCounted(ChatRequest request) {
        return isNearLimit(request) || !request.form("counted").isEmpty();
    }

    private boolean isNearLimit(ChatRequest request) {
        return maxLength > 0 && length(request) > maxLength - COUNTED;
    }

    private JteModel counter(ChatRequest request) {
        String key = request.form(request.number("seq").isPresent() ? "edit" : "key");
        return templates.roomCounter(
                request.site(),
                DraftVersion.isKey(key) ? key : "",
                length(request),
                isNearLimit(request) ? maxLength : 0);
    }

    private static int length(ChatRequest request) {
        String text = NormalText.of(request.form("body"));
        return text.codePointCount(0, text.length());
    }

    private void save(ChatRequest request, OpenForm form) {
        drafts.save(request.room(), request.user(), form, shown(request));
    }

    private static SavedDraft typed(ChatRequest request, String key, boolean discards) {
        // A save without a number is never late.
        long at = discards ? DraftVersion.LAST : request.number("at").orElse(DraftVersion.LAST);
        String body = discards ? "" : request.form("body");
        return new SavedDraft(body, request.number("replyTo"), new DraftVersion(key, at));
    }

    /** Returns whether an edit has the text of its message. */
    private boolean isUnchanged(ChatRequest request) {
        OptionalLong seq = request.number("seq");
        String body = NormalText.of(request.form("body"));
        return seq.isEmpty()
                || messageService
                        .own(request.room(), request.user(), seq.getAsLong())
                        .filter(message -> !message.body().equals(body))
                        .isEmpty();
    }

    /** @throws ChatException NOT_FOUND for a deleted message and for another user's */
    private void requireOwn(ChatRequest request, long seq) {
        if (messageService.own(request.room(), request.user(), seq).isEmpty()) {
            throw ChatException.noSuchMessage();
        }
    }

    /**
     * Brings the page level with what is saved. Enters the draft in the composer with this key, which showed a draft when
     * the page was opened, or without a key in one that is empty. Adds the other forms that the page lacks.
     */
    public void enter(ChatRequest request) {
        awaitSaves(request);
        Composer composer = composer(request);
        OpenForms forms = openForms(request);
        Optional<String> key = request.query("key").map(Composer::requireKey);
        if (key.isEmpty()) {
            request.show(templates.roomLateDraft(request.site(), composer, forms));
            return;
        }
        boolean again = request.query("again").isPresent();
        request.show(templates.roomDraft(
                request.site(), composer, key.get(), !again || isNews(request, composer.draft()), again, forms));
    }

    /** Returns whether a page that has been open for a moment neither shows nor has saved the draft itself. */
    private static boolean isNews(ChatRequest request, Optional<DraftVersion> draft) {
        String saved = draft.map(DraftVersion::toString).orElse("");
        boolean own = draft.map(DraftVersion::key).equals(request.query("key"));
        return !own && !request.query("draft").orElse("").equals(saved);
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

    /** Returns the forms that the user has left with unsent text. */
    OpenForms openForms(ChatRequest request) {
        List<OpenForm> all = drafts.openForms(request.room(), request.user());
        return new OpenForms(
                all.stream()
                        .filter(form -> !form.isEdit())
                        .map(OpenForm::draft)
                        .map(draft ->
                                Composer.unsent(request.viewer(), request.room().id(), draft, quote(request, draft)))
                        .toList(),
                all.stream()
                        .filter(OpenForm::isEdit)
                        .flatMap(form -> edit(request, form))
                        .toList());
    }

    private Stream<EditForm> edit(ChatRequest request, OpenForm form) {
        Optional<Message> message =
                messageService.own(request.room(), request.user(), form.seq().orElseThrow());
        return message
                .map(edited -> MessageView.of(request, edited))
                .map(view -> EditForm.leftOpen(view, form.draft()))
                .stream();
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
