package chat.klatsch.web.account;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.draft.DraftService;
import chat.klatsch.draft.DraftVersion;
import chat.klatsch.draft.OpenForm;
import chat.klatsch.draft.SavedDraft;
import chat.klatsch.message.MessageService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.UnsentForm;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Site;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives users who have signed in again the text that they had not sent. Thread-safe. */
public final class UnsentTexts {
    private static final String ROOMS = "/rooms/";

    private final MembershipService memberships;
    private final DraftService drafts;
    private final MessageService messages;
    private final StaticTemplates templates = new StaticTemplates();

    public UnsentTexts(MembershipService memberships, DraftService drafts, MessageService messages) {
        this.memberships = memberships;
        this.drafts = drafts;
        this.messages = messages;
    }

    /**
     * Leads the user to the room with the text as the draft there, or shows the text and why it is no draft. Shows a form
     * that is carried along, to be sent again.
     */
    void enter(ChatRequest request, User user, UnsentText text, String next) {
        Optional<UnsentForm> form = UnsentForm.carriedBy(request);
        if (form.isPresent()) {
            request.show(templates.accountResend(request.publicPage("resend.title"), form.get(), user, next));
            return;
        }
        Optional<String> refusal = text.isEmpty() ? Optional.empty() : save(request.site(), user, text, next);
        if (refusal.isPresent()) {
            request.show(templates.accountUnsent(request.publicPage("unsent.title"), text, refusal.get(), next));
        } else if (request.isHtmx()) {
            request.context().header("HX-Redirect", request.site().path(next));
        } else {
            request.redirect(next);
        }
    }

    /** Returns why it is not saved. A text never becomes the draft of another user. */
    private Optional<String> save(Site site, User user, UnsentText text, String next) {
        if (!user.username().equalsIgnoreCase(text.author())) {
            return Optional.of(site.text("unsent.other", user.username(), text.author()));
        }
        try {
            RoomId id = new RoomId(
                    next.startsWith(ROOMS) ? next.substring(ROOMS.length()).replaceFirst("[/?].*", "") : "");
            save(user, text, memberships.room(user, id));
            return Optional.empty();
        } catch (ChatException refusal) {
            return Optional.of(site.text(refusal.text()));
        }
    }

    /** Opens the edits again. The text of one that cannot be is added to the draft, like that of all messages. */
    private void save(User user, UnsentText text, Room room) {
        UnsentText messages = text.with(
                text.edits().stream().filter(edit -> !opens(edit, user, room)).toList());
        if (!messages.isEmpty()) {
            save(user, messages.texts(), messages.body(), messages.replyTo(), room);
        }
        messages.forms()
                .forEach(form ->
                        drafts.save(room, user, OpenForm.discarded(form, OptionalLong.empty()), Optional.empty()));
    }

    /** Saves the texts as one draft. If that is too long, those before the last are kept as messages that were not sent. */
    private void save(User user, List<String> texts, String body, OptionalLong replyTo, Room room) {
        String series = RandomToken.ofBits(128);
        try {
            drafts.save(room, user, draft(body, replyTo, series + ".1"), Optional.empty());
        } catch (ChatException refusal) {
            if (refusal.kind() != ChatException.Kind.INVALID || texts.size() == 1) {
                throw refusal;
            }
            int last = texts.size() - 1;
            for (int i = 0; i < last; i++) {
                SavedDraft unsent = draft(texts.get(i), OptionalLong.empty(), series + "." + (i + 1));
                drafts.save(room, user, new OpenForm(unsent, OptionalLong.empty()), Optional.empty());
            }
            drafts.save(
                    room,
                    user,
                    draft(texts.get(last), OptionalLong.empty(), series + "." + texts.size()),
                    Optional.empty());
        }
    }

    private static SavedDraft draft(String body, OptionalLong replyTo, String key) {
        return new SavedDraft(body, replyTo, new DraftVersion(key, 0));
    }

    private boolean opens(UnsentText.Edit edit, User user, Room room) {
        if (messages.own(room, user, edit.seq()).isEmpty()) {
            return false;
        }
        try {
            SavedDraft draft = draft(edit.body(), OptionalLong.empty(), RandomToken.ofBits(128));
            drafts.save(room, user, new OpenForm(draft, OptionalLong.of(edit.seq())), Optional.empty());
            return true;
        } catch (ChatException refusal) {
            // There are too many, it is too long, or its message has just been deleted.
            if (refusal.kind() != ChatException.Kind.INVALID && refusal.kind() != ChatException.Kind.NOT_FOUND) {
                throw refusal;
            }
            return false;
        }
    }
}
