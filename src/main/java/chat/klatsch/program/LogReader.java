package chat.klatsch.program;

import chat.klatsch.core.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads what has happened from the logs, in pages, and puts it in the order in which it is told. Confined to the thread of its
 * {@link Delivery}.
 */
final class LogReader {
    /** Few, because the listener gets each message in the state in which its page was read. */
    private static final int PAGE = 50;

    /** Tells what is read. Its methods throw to end the reading. */
    interface Teller {
        /** Returns once the listener has been told. */
        void tell(Occurrence occurrence);

        /** Stores how far it has got. @param position returns false if this node is no longer to deliver */
        void store(BooleanSupplier position);
    }

    private final ChangeStore store;
    private final Cursors cursors;
    private final Teller teller;
    private final ToldVersions told = new ToldVersions();

    LogReader(ChangeStore store, Cursors cursors, Teller teller) {
        this.store = store;
        this.cursors = cursors;
        this.teller = teller;
    }

    /** Tells who has joined and left. */
    void tellMembers(Optional<RoomId> only) {
        long latest = store.memberVersion();
        while (cursors.memberVersion() < latest) {
            List<ChangeStore.MemberChange> page = store.memberChanges(cursors.memberVersion(), only, PAGE);
            for (ChangeStore.MemberChange change : page) {
                teller.tell(new Occurrence.MemberChanged(change.room(), change.user(), change.joined(), change.at()));
                teller.store(() -> cursors.advanceMembers(change.version()));
            }
            if (page.size() < PAGE) {
                teller.store(() -> cursors.advanceMembers(Math.max(latest, cursors.memberVersion())));
            }
        }
    }

    /** Tells what a page of a room's log holds. Returns how far it is read. */
    Position tellPage(RoomBehind room) {
        Position position = room.position();
        List<ChangeStore.Change> page = store.changes(position, PAGE);
        boolean last = page.size() < PAGE;
        if (page.isEmpty()) {
            Position end = position.withRead(room.version()).complete();
            teller.store(() -> cursors.advance(end));
            position = end;
        }
        for (int i = 0; i < page.size(); i++) {
            ChangeStore.Change change = page.get(i);
            position = tellPostsBefore(position, change.seq());
            tellAll(change, position);
            Position read =
                    position.withPost(change.seq()).withRead(change.entry().version());
            Position next = last && i == page.size() - 1 ? read.complete() : read;
            teller.store(() -> cursors.advance(next));
            position = next;
        }
        if (last) {
            told.forget(room.position().room());
        }
        return position;
    }

    /** Tells of the posts that come first but stand later in the log, because they have changed since. */
    private Position tellPostsBefore(Position position, long seq) {
        Position reached = position;
        List<ChangeStore.Change> posts;
        while (reached.seq() < seq - 1 && !(posts = store.posts(reached, seq, PAGE)).isEmpty()) {
            for (ChangeStore.Change post : posts) {
                tellPost(post);
                Position next = reached.withPost(post.seq());
                teller.store(() -> cursors.advance(next));
                reached = next;
            }
        }
        return reached;
    }

    private void tellPost(ChangeStore.Change post) {
        if (!post.entry().message().isDeleted()) {
            tell(Occurrence.Kind.POSTED, post);
        }
    }

    private void tellAll(ChangeStore.Change change, Position position) {
        if (change.seq() > position.seq()) {
            tellPost(change);
        }
        boolean deleted = change.entry().message().isDeleted();
        long before = Math.max(position.told(), told.of(change));
        if (change.text() > before) {
            tell(deleted ? Occurrence.Kind.DELETED : Occurrence.Kind.EDITED, change);
        }
        if (change.reaction() > before && !deleted) {
            tell(Occurrence.Kind.REACTED, change);
        }
        told.add(change);
    }

    private void tell(Occurrence.Kind kind, ChangeStore.Change change) {
        teller.tell(new Occurrence.MessageChanged(kind, change.entry().message()));
    }
}
