package chat.klatsch.redis;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.event.Attendance;
import chat.klatsch.live.Roster;
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
    @JsonSubTypes.Type(value = Word.Beat.class, name = "beat"),
    @JsonSubTypes.Type(value = Word.Bye.class, name = "bye"),
    @JsonSubTypes.Type(value = Word.Revoked.class, name = "revoked"),
    @JsonSubTypes.Type(value = Word.Changed.class, name = "changed"),
    @JsonSubTypes.Type(value = Word.Seen.class, name = "seen"),
    @JsonSubTypes.Type(value = Word.Who.class, name = "who"),
    @JsonSubTypes.Type(value = Word.News.class, name = "news"),
    @JsonSubTypes.Type(value = Word.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = Word.Attending.class, name = "attending")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Word {
    /** To all: I am alive. */
    record Beat() implements Word {}

    /** To all: I am going. */
    record Bye() implements Word {}

    /** To all: these connections are to end. */
    record Revoked(long user, @Nullable String session) implements Word {}

    /** To all: this room has come to this version. */
    record News(String room, long version) implements Word {
        public News {
            room = new RoomId(room).value();
        }
    }

    /** To all: these people have read more of this room. */
    record Seen(String room, List<Long> people) implements Word {
        public Seen {
            room = new RoomId(room).value();
            people = List.copyOf(people);
        }
    }

    /** To all: this room's name or people have changed. */
    record Changed(String room, @Nullable Long user) implements Word {
        /** Nothing else can be a room. */
        public Changed {
            room = new RoomId(room).value();
        }
    }

    /** To all, or in a room: who of you is where? When {@code jvm} is there, it alone is asked. */
    record Who(@Nullable String jvm) implements Word {}

    /** In a room. */
    record Typing(Person person) implements Word {
        public Typing {
            Objects.requireNonNull(person);
        }
    }

    /** In a room: these are here. The version tells which of two is the later one, should they overtake each other. */
    record Attending(long version, List<Long> people, List<Person> first) implements Word {
        public Attending {
            people = List.copyOf(people);
            first = List.copyOf(first);
            if (first.size() > Roster.SHOWN) {
                throw new IllegalArgumentException("so many are not shown");
            }
        }

        static Attending of(long version, Attendance attendance) {
            return new Attending(
                    version,
                    attendance.people().stream().map(UserId::value).toList(),
                    attendance.first().stream().map(Person::of).toList());
        }

        Attendance attendance() {
            return new Attendance(
                    people.stream().map(UserId::new).collect(Collectors.toSet()),
                    first.stream().map(Person::user).toList());
        }
    }

    record Person(long id, String username, String name) {
        private static final int LONGEST = 254;

        public Person {
            if (username.length() > LONGEST || name.length() > LONGEST) {
                throw new IllegalArgumentException("nobody is called that");
            }
        }

        static Person of(User user) {
            return new Person(user.id().value(), user.username(), user.displayName());
        }

        User user() {
            return new User(new UserId(id), username, name);
        }
    }
}
