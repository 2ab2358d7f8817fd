package chat.klatsch.store.message;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.markup.MentionCandidates;
import chat.klatsch.message.Draft;
import chat.klatsch.search.SearchText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Posts to one room with what is computed before any lock is taken: fingerprints, mentions and searchable texts. */
record PostBatch(
        RoomId room,
        List<Draft> drafts,
        List<byte[]> fingerprints,
        List<MentionCandidates> mentions,
        List<SearchText> searchTexts,
        Instant now) {
    PostBatch {
        drafts = List.copyOf(drafts);
        fingerprints = List.copyOf(fingerprints);
        mentions = List.copyOf(mentions);
        searchTexts = List.copyOf(searchTexts);
    }

    PostBatch(RoomId room, List<Draft> drafts, Instant now) {
        this(
                room,
                drafts,
                drafts.stream().map(draft -> draft.fingerprint(room)).toList(),
                drafts.stream().map(draft -> MentionCandidates.in(draft.body())).toList(),
                drafts.stream().map(draft -> SearchText.of(draft.body())).toList(),
                now);
    }

    /** Returns the names that the posts may mention. */
    Set<String> names() {
        return mentions.stream().flatMap(each -> each.all().stream()).collect(Collectors.toSet());
    }

    /** Returns the authors who need to be members. Bots post by the authority of the application around the chat. */
    Set<UserId> authors() {
        return drafts.stream()
                .map(Draft::author)
                .filter(author -> !author.isBot())
                .map(User::id)
                .collect(Collectors.toSet());
    }
}
