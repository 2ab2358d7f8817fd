package chat.klatsch.draft;

import java.util.OptionalLong;

/**
 * A form with unsent text beside the composer: a message that could not be sent, or an edit.
 *
 * @param draft its text; empty for a form that was discarded or emptied
 * @param seq the sequence number of the message that it edits
 */
public record OpenForm(SavedDraft draft, OptionalLong seq) {
    /** Closes the form with this key. */
    public static OpenForm discarded(String key, OptionalLong seq) {
        DraftVersion version = new DraftVersion(key, DraftVersion.LAST);
        return new OpenForm(new SavedDraft("", OptionalLong.empty(), version), seq);
    }

    public boolean isEdit() {
        return seq.isPresent();
    }

    /** Returns the key of the form. */
    public String key() {
        return draft.version().key();
    }

    /** Returns whether the user has closed the form. Saves of it that arrive later are ignored. */
    public boolean isDiscarded() {
        return draft.isEmpty() && draft.version().at() == DraftVersion.LAST;
    }
}
