package chat.klatsch.inbox;

import chat.klatsch.live.Frame;
import chat.klatsch.room.Membership;
import chat.klatsch.text.Texts;
import java.util.List;

/** Renders a user's room list for one open page, in the page's language. Thread-safe. */
public interface InboxRenderer {
    /**
     * Renders the whole list.
     *
     * @param reset whether the user has just marked messages of the page's room as unread
     */
    Frame all(Texts texts, InboxView.Page page, List<Membership> rooms, boolean reset);

    /** Renders the list for a page that has just been opened with another one. Its composer may lack the draft, too. */
    Frame opened(Texts texts, InboxView.Page page, List<Membership> rooms);

    /**
     * Renders one room of the list and the total of unread messages.
     *
     * @param reset whether the user has just marked messages of this room as unread
     */
    Frame one(Texts texts, InboxView.Page page, Membership room, long unread, boolean reset);

    /** Returns a short digest of a list, to detect whether another list differs. */
    String digest(List<Membership> rooms);
}
