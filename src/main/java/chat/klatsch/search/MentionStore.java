package chat.klatsch.search;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.UserId;
import java.util.List;
import java.util.Optional;

/** Finds the messages that mention a user. Thread-safe. May throw {@link ChatException} UNAVAILABLE. */
public interface MentionStore {
    /** Returns the newest messages before a cursor that mention the viewer, in rooms of which the viewer is a member. */
    List<SearchHit> mentions(UserId viewer, Optional<SearchCursor> before, int limit);
}
