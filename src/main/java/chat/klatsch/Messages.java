package chat.klatsch;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Edit;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageService;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.program.Application;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.web.Services;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Posts, reads, edits and deletes messages. They are stored and shown as those of the browser, and the same rules apply, except
 * that the number of messages per minute is not limited. Thread-safe. Every method may throw a {@link ChatException}
 * UNAVAILABLE while the database does not respond, and NOT_FOUND for an unknown room. To all but the people in it, private
 * chats are unknown rooms.
 */
public final class Messages {
    private static final int MAX_PAGE = 1_000;

    private final Application application;
    private final MembershipService memberships;
    private final ChatRoomService rooms;
    private final MessageService messages;
    private final AdminService admin;

    Messages(Application application, Services services) {
        this.application = application;
        this.memberships = services.memberships();
        this.rooms = services.rooms();
        this.messages = services.messageService();
        this.admin = services.admin();
    }

    /** The author of a message: a person, or a bot, as which nobody can sign in. */
    public static final class Author {
        private final String id;
        private final Optional<String> bot;

        private Author(String id, Optional<String> bot) {
            this.id = id;
            this.bot = bot;
        }

        /** A person, who must be a member of the room. @param id see {@link Person} */
        public static Author person(String id) {
            return new Author(Objects.requireNonNull(id, "id"), Optional.empty());
        }

        /**
         * A bot. It appears with its first message, in whatever room, is a member of none, and is marked as a bot on the page.
         *
         * @param id 1 to 28 letters (a to z), digits, dots, hyphens or underscores. No person can have the name of a bot
         * @param name the name that others see, up to 40 characters; another name renames the bot
         * @throws IllegalArgumentException for an id or a name that no bot can have
         */
        public static Author bot(String id, String name) {
            if (!DisplayName.isValid(name)) {
                throw new IllegalArgumentException("the name of a bot has 1 to 40 visible characters");
            }
            return new Author(Application.requireBotId(id), Optional.of(name));
        }
    }

    /**
     * Posts a message and returns it once it is stored for good.
     *
     * @throws ChatException NOT_FOUND for an unknown person, and for one who is no member of the room, FORBIDDEN for a muted or
     *     banned person, INVALID for a text that is blank or too long
     */
    public ChatMessage post(RoomId room, Author author, String text) {
        return post(room, author, text, "");
    }

    /**
     * Posts a message once, however often it is called with the same author, key and text: also by another node, and
     * after a crash. Otherwise like {@link #post(RoomId, Author, String)}.
     *
     * @param key up to 100 printable characters; an empty one is like none
     * @throws ChatException INVALID for a key that is too long, and as without a key
     */
    public ChatMessage post(RoomId room, Author author, String text, String key) {
        return post(room, author, text, key, OptionalLong.empty());
    }

    /**
     * Posts a reply. Otherwise like {@link #post(RoomId, Author, String, String)}.
     *
     * @param to the sequence number of the message that it replies to; if that is deleted, the reply is a plain message
     * @throws ChatException NOT_FOUND if there is no such message, and as for a message
     */
    public ChatMessage reply(RoomId room, long to, Author author, String text, String key) {
        return post(room, author, text, key, OptionalLong.of(to));
    }

    private ChatMessage post(RoomId room, Author author, String text, String key, OptionalLong replyTo) {
        User user = user(author);
        return ChatMessage.of(rooms.postAndWait(roomOf(user, room), new Draft(user, text, key, replyTo)), application);
    }

    /**
     * Replaces the text of a message of this author, and returns the message.
     *
     * @throws ChatException NOT_FOUND for a message that does not exist or is deleted, and for an unknown person, FORBIDDEN if
     *     it is another author's, and for a muted person, INVALID for a text that is blank or too long
     */
    public ChatMessage edit(RoomId room, long seq, Author author, String text) {
        User user = user(author);
        Room known = roomOf(user, room);
        messages.edit(known, user, messages.message(known, seq), new Edit(text));
        return ChatMessage.of(messages.message(known, seq), application);
    }

    /**
     * Deletes a message of anybody, as an operator may. The audit log names the application. Does nothing for a message that
     * is deleted.
     *
     * @throws ChatException NOT_FOUND for a message that does not exist
     */
    public void delete(RoomId room, long seq) {
        admin.delete(
                application.user(), new AdminMessage.Id(application.room(room).id(), seq));
    }

    /** Returns a message, also a deleted one. */
    public Optional<ChatMessage> find(RoomId room, long seq) {
        return messages.find(application.room(room).id(), seq).map(message -> ChatMessage.of(message, application));
    }

    /**
     * Returns the last messages before a sequence number, deleted ones included, oldest first.
     *
     * @param seq {@code Long.MAX_VALUE} for the end of the room
     * @param limit 1 to 1000
     */
    public List<ChatMessage> before(RoomId room, long seq, int limit) {
        return page(messages.before(application.room(room).id(), seq, requirePage(limit)));
    }

    /**
     * Returns the first messages after a sequence number, deleted ones included, oldest first.
     *
     * @param seq 0 for the beginning of the room
     * @param limit 1 to 1000
     */
    public List<ChatMessage> after(RoomId room, long seq, int limit) {
        return page(messages.after(application.room(room).id(), seq, requirePage(limit)));
    }

    private List<ChatMessage> page(List<Message> page) {
        return ChatMessage.of(page, application);
    }

    private static int requirePage(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " messages");
        }
        return limit;
    }

    private User user(Author author) {
        return author.bot.isPresent() ? application.bot(author.id, author.bot.get()) : application.person(author.id);
    }

    private Room roomOf(User author, RoomId room) {
        return author.isBot() ? application.room(room).asRoom() : memberships.room(author, room);
    }
}
