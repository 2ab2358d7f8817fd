package chat.klatsch.store;

import chat.klatsch.room.Draft;
import chat.klatsch.room.RoomId;
import chat.klatsch.room.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is posted to one room together, with what makes each the message that it is. Hashed once, before anybody waits for a lock. */
record Posts(RoomId room, List<Draft> drafts, List<byte[]> fingerprints, Instant now) {
    Posts {
        drafts = List.copyOf(drafts);
        fingerprints = List.copyOf(fingerprints);
    }

    Posts(RoomId room, List<Draft> drafts, Instant now) {
        this(room, drafts, drafts.stream().map(draft -> draft.fingerprint(room)).toList(), now);
    }

    Set<UserId> authors() {
        return drafts.stream().map(draft -> draft.author().id()).collect(Collectors.toSet());
    }
}
