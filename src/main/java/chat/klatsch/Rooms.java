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

/** Posts and listens to messages from Java code that embeds the chat. Thread-safe. */
public final class Rooms {
    private final MembershipService memberships;
    private final ChatRoomService rooms;
    private final AccountService accounts;
    private final String home;

    /** @param home the chat's URL with a trailing slash */
    Rooms(MembershipService memberships, ChatRoomService rooms, AccountService accounts, String home) {
        this.home = home;
        this.memberships = memberships;
        this.rooms = rooms;
        this.accounts = accounts;
    }

    /**
     * Returns the address of a room without the list of rooms, for a frame of 320 pixels and up. It is a URL, or a path on
     * the host of the app in which the chat is mounted. The frame shows the room to its members who are signed in, on pages
     * of the sites that {@link ChatConfig#frameAncestors} names.
     */
    public String embedUrl(RoomId room) {
        return home + "embed/rooms/" + room;
    }

    /**
     * Posts a message as this user and returns it once it is committed. The limit on messages per minute does not apply.
     *
     * @param username ignoring case; the user must be able to see the room
     * @throws ChatException NOT_FOUND for an unknown user or room, FORBIDDEN for a muted user, INVALID for a text that is
     *     blank or too long, UNAVAILABLE while the database does not respond
     */
    public Message post(RoomId room, String username, String text) {
        User author = accounts.named(username);
        return rooms.postAndWait(memberships.room(author, room), new Draft(author, text, ""));
    }

    /**
     * Adds a user to an open or closed room without asking. Does nothing for a member. In the browser, owners can only invite.
     *
     * @param username ignoring case
     * @throws ChatException NOT_FOUND for an unknown user or room, FORBIDDEN for the lobby and private chats, UNAVAILABLE while
     *     the database does not respond
     */
    public void add(RoomId room, String username) {
        memberships.add(room, accounts.named(username));
    }

    /**
     * Calls the listener once for each message that is posted to the room from now on, on any node, in the order of the
     * sequence numbers. Calls are made on the chat's threads and do not overlap. A slow listener delays nobody else, and
     * an exception that it throws is logged.
     *
     * @return a subscription to close when no more messages are wanted
     * @throws ChatException NOT_FOUND for an unknown room, UNAVAILABLE while the database does not respond
     */
    public AutoCloseable listen(RoomId room, Consumer<Message> listener) {
        return rooms.listen(room, listener);
    }
}
