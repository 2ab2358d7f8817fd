package chat.klatsch.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import java.time.Clock;
import java.util.Optional;

/** The private chats of two users, of which each pair has one at most. Thread-safe. */
public final class PrivateChats {
    private final RoomStore rooms;
    private final MembershipService memberships;
    private final Clock clock;

    PrivateChats(RoomStore rooms, MembershipService memberships, Clock clock) {
        this.rooms = rooms;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** Returns the private chat of two users, if there is one. */
    public Optional<RoomId> find(User one, User other) {
        return rooms.direct(one.id(), other.id());
    }

    /** Returns the private chat of two users and creates it if needed. @throws ChatException INVALID for one user */
    public RoomId open(User one, User other) {
        if (one.id().equals(other.id())) {
            throw ChatException.invalid("refusal.chat.self");
        }
        RoomId ifNew = RoomId.random();
        RoomId room = rooms.direct(ifNew, one.id(), other.id(), clock.instant());
        if (room.equals(ifNew)) {
            memberships.publishChange(room, one.id());
            memberships.publishChange(room, other.id());
        }
        return room;
    }
}
