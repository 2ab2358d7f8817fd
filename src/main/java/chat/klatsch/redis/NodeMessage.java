package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.PresenceReport;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one JVM says to others, as JSON. Whatever cannot be read, or is not well-formed, has not been said. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "say")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NodeMessage.Heartbeat.class, name = "beat"),
    @JsonSubTypes.Type(value = NodeMessage.Leaving.class, name = "bye"),
    @JsonSubTypes.Type(value = NodeMessage.SessionsRevoked.class, name = "revoked"),
    @JsonSubTypes.Type(value = NodeMessage.RoomChanged.class, name = "changed"),
    @JsonSubTypes.Type(value = NodeMessage.MessagesRead.class, name = "seen"),
    @JsonSubTypes.Type(value = NodeMessage.PresenceRequest.class, name = "who"),
    @JsonSubTypes.Type(value = NodeMessage.RoomUpdated.class, name = "news"),
    @JsonSubTypes.Type(value = NodeMessage.UserTyping.class, name = "typing"),
    @JsonSubTypes.Type(value = NodeMessage.PresenceUpdate.class, name = "attending")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface NodeMessage {
    /** To all: I am alive. */
    record Heartbeat() implements NodeMessage {}

    /** To all: I am going. */
    record Leaving() implements NodeMessage {}

    /** To all: these connections are to end. */
    record SessionsRevoked(long user, @Nullable String session) implements NodeMessage {}

    /** To all: this room has come to this version. */
    record RoomUpdated(String room, long version) implements NodeMessage {
        public RoomUpdated {
            room = new RoomId(room).value();
        }
    }

    /** To all: these people have read more of this room. */
    record MessagesRead(String room, List<Long> people) implements NodeMessage {
        public MessagesRead {
            room = new RoomId(room).value();
            people = List.copyOf(people);
        }
    }

    /** To all: this room's name or people have changed. */
    record RoomChanged(String room, @Nullable Long user) implements NodeMessage {
        /** Nothing else can be a room. */
        public RoomChanged {
            room = new RoomId(room).value();
        }
    }

    /** To all, or in a room: who of you is where? When {@code jvm} is there, it alone is asked. */
    record PresenceRequest(@Nullable String jvm) implements NodeMessage {}

    /** In a room. */
    record UserTyping(UserSummary person) implements NodeMessage {
        public UserTyping {
            Objects.requireNonNull(person);
        }
    }

    /** In a room: these are here. The version tells which of two is the later one, should they overtake each other. */
    record PresenceUpdate(long version, List<Long> people, List<UserSummary> first) implements NodeMessage {
        public PresenceUpdate {
            people = List.copyOf(people);
            first = List.copyOf(first);
            if (first.size() > PresenceReport.SHOWN) {
                throw new IllegalArgumentException("so many are not shown");
            }
        }

        static PresenceUpdate of(long version, PresenceReport attendance) {
            return new PresenceUpdate(
                    version,
                    attendance.people().stream().map(UserId::value).toList(),
                    attendance.first().stream().map(UserSummary::of).toList());
        }

        PresenceReport attendance() {
            return new PresenceReport(
                    people.stream().map(UserId::new).collect(Collectors.toSet()),
                    first.stream().map(UserSummary::user).toList());
        }
    }

    record UserSummary(long id, String username, String name) {
        private static final int LONGEST = 254;

        public UserSummary {
            if (username.length() > LONGEST || name.length() > LONGEST) {
                throw new IllegalArgumentException("nobody is called that");
            }
        }

        static UserSummary of(User user) {
            return new UserSummary(user.id().value(), user.username(), user.displayName());
        }

        User user() {
            return new User(new UserId(id), username, name);
        }
    }
}
