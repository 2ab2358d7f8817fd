package chat.klatsch;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.room.MembershipService;
import java.util.function.Consumer;

/** What a Java program does in the rooms of a chat that it runs: post and listen. Thread-safe. */
public final class Rooms {
    private final MembershipService memberships;
    private final ChatRoomService rooms;
    private final AccountService accounts;

    Rooms(MembershipService memberships, ChatRoomService rooms, AccountService accounts) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.accounts = accounts;
    }

    /**
     * Posts as this person. Returns when the message is durable; the limits on how often one may post do not apply.
     *
     * @throws ChatException NOT_FOUND for an unknown person or room, INVALID for a text that breaks a rule, UNAVAILABLE
     *     while the database does not answer
     */
    public Message post(RoomId room, String username, String text) {
        User author = accounts.named(username);
        return rooms.postAndWait(memberships.room(author, room), new Draft(author, text, ""));
    }

    /**
     * Calls the listener with each message that comes from now on: once, in order, one at a time, on a thread of the
     * chat's.
     *
     * @return closing it ends the listening
     * @throws ChatException NOT_FOUND when there is no such room
     */
    public AutoCloseable listen(RoomId room, Consumer<Message> listener) {
        return rooms.listen(room, listener);
    }
}
