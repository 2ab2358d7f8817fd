package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Posts to one room with their fingerprints, which are computed before any lock is taken. */
record PostBatch(RoomId room, List<Draft> drafts, List<byte[]> fingerprints, Instant now) {
    PostBatch {
        drafts = List.copyOf(drafts);
        fingerprints = List.copyOf(fingerprints);
    }

    PostBatch(RoomId room, List<Draft> drafts, Instant now) {
        this(room, drafts, drafts.stream().map(draft -> draft.fingerprint(room)).toList(), now);
    }

    Set<UserId> authors() {
        return drafts.stream().map(draft -> draft.author().id()).collect(Collectors.toSet());
    }
}
