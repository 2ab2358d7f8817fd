package chat.klatsch.program;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.EventBus;
import chat.klatsch.event.EventBus.Event;
import chat.klatsch.event.EventListener;
import chat.klatsch.profile.DisplayName;
import chat.klatsch.text.Languages;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The application around the chat. It acts in its own name, which the audit log shows, by the authority of an operator, and
 * of each room's owner, but has none in private chats. Knows people by its own ids, or by their usernames if the chat has accounts
 * of its own. Thread-safe.
 */
public final class Application {
    /** The display name of the user as whom it acts. */
    public static final DisplayName NAME = new DisplayName(Languages.ENGLISH.of("application"));

    private static final Pattern BOT_ID = Pattern.compile("[a-z0-9_.-]{1,28}");

    /** The bots whose names are remembered. More cost a query for each message. */
    private static final int MAX_REMEMBERED = 1_000;

    private final PeopleStore people;
    private final ProgramRoomStore rooms;
    private final Function<String, User> known;
    private final boolean hosted;
    private final EventBus bus;
    private final Clock clock;
    private final Map<String, User> bots = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param known finds a person by the id, or throws a ChatException NOT_FOUND
     * @param hosted whether the users are those of the application
     */
    public Application(
            PeopleStore people,
            ProgramRoomStore rooms,
            Function<String, User> known,
            boolean hosted,
            EventBus bus,
            Clock clock) {
        this.people = people;
        this.rooms = rooms;
        this.known = known;
        this.hosted = hosted;
        this.bus = bus;
        this.clock = clock;
        bus.subscribe(new Renaming());
    }

    /** From now on, nobody acts. */
    public void close() {
        closed = true;
    }

    /** @throws IllegalStateException once the chat is closed */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the chat is closed");
        }
    }

    /** Returns the user as whom it acts. @throws IllegalStateException once the chat is closed */
    public User user() {
        requireOpen();
        return bot(User.APPLICATION, NAME);
    }

    /** @throws IllegalArgumentException for an id that no bot can have */
    public static String requireBotId(String id) {
        if (!BOT_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of a bot has 1 to 28 letters (a to z), digits, dots, hyphens or underscores");
        }
        return id;
    }

    /** Returns the bot with this id, which is created or renamed if need be. */
    public User bot(String id, String name) {
        requireOpen();
        return bot(User.BOT_PREFIX + requireBotId(id), new DisplayName(name));
    }

    private User bot(String username, DisplayName name) {
        User before = bots.get(username);
        if (before != null && before.displayName().equals(name.text())) {
            return before;
        }
        PeopleStore.SavedBot saved = people.saveBot(username, name, clock.instant());
        if (saved.renamed()) {
            bus.publish(new Event.UserRenamed(saved.user().id()));
        }
        if (bots.size() < MAX_REMEMBERED || before != null) {
            bots.put(username, saved.user());
        }
        return saved.user();
    }

    /** Returns a person. @throws ChatException NOT_FOUND for an unknown id */
    public User person(String id) {
        requireOpen();
        return known.apply(id);
    }

    /** Returns those of the users who exist. */
    public List<User> users(Collection<UserId> ids) {
        requireOpen();
        return ids.isEmpty() ? List.of() : people.users(ids);
    }

    /** Returns the ids by which the application knows these people. Deleted accounts have none. */
    public Map<UserId, String> ids(Collection<User> users) {
        List<User> persons = users.stream().filter(User::hasProfile).distinct().toList();
        if (!hosted) {
            return persons.stream().collect(Collectors.toMap(User::id, User::username, (one, same) -> one));
        }
        return persons.isEmpty()
                ? Map.of()
                : people.hostIds(persons.stream().map(User::id).toList());
    }

    /** Publishes that the room has another name. */
    public void publishChange(RoomId room) {
        bus.publish(new Event.RoomChanged(room, null));
    }

    /** Returns the lobby or a group. @throws ChatException NOT_FOUND for any other room */
    public ProgramRoom room(RoomId id) {
        requireOpen();
        return rooms.find(id).orElseThrow(ChatException::roomNotFound);
    }

    /** Forgets the bots that another node has renamed. */
    private final class Renaming implements EventListener {
        @Override
        public void onUserRenamed(Event.UserRenamed event) {
            bots.values().removeIf(bot -> bot.id().equals(event.user()));
        }

        @Override
        public void onRoomUpdated(Event.RoomUpdated event) {}

        @Override
        public void onRoomChanged(Event.RoomChanged event) {}

        @Override
        public void onMessagesRead(Event.MessagesRead event) {}

        @Override
        public void onUserTyping(Event.UserTyping event) {}

        @Override
        public void onSessionsRevoked(Event.SessionsRevoked event) {}

        @Override
        public void onSessionReplaced(Event.SessionReplaced event) {}
    }
}
