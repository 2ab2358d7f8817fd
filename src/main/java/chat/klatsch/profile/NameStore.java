package chat.klatsch.profile;

import chat.klatsch.core.ChatException;
import java.util.List;

/**
 * Reads which names have changed. Changes become visible in the order of their versions. Thread-safe. Every method may
 * throw {@link ChatException} UNAVAILABLE.
 */
public interface NameStore {
    /** Returns the version of the last change, or 0. */
    long nameVersion();

    /** Returns the last {@code limit} changes after a version, oldest first. Of several changes of a user, only the last. */
    List<NameChange> nameChanges(long version, int limit);
}
