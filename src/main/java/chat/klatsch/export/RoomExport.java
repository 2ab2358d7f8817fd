package chat.klatsch.export;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.LogEntry;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageStore;
import chat.klatsch.message.Reaction;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import chat.klatsch.text.Texts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes the transcript of a room for its owner. Thread-safe. */
public final class RoomExport {
    /** The form of the file. */
    public enum Format {
        JSON,
        TEXT
    }

    private static final int PAGE = 200;

    private final ExportStore store;
    private final MessageStore messages;
    private final MembershipService memberships;
    private final Clock clock;

    public RoomExport(ExportStore store, MessageStore messages, MembershipService memberships, Clock clock) {
        this.store = store;
        this.messages = messages;
        this.memberships = memberships;
        this.clock = clock;
    }

    private interface Visitor {
        void visit(Message message) throws IOException;
    }

    /** @throws ChatException FORBIDDEN or NOT_FOUND if the user is not the owner */
    public void requireOwner(User owner, RoomId room) {
        memberships.ownership(owner, memberships.room(owner, room));
    }

    /** Records the export in the audit log. @throws ChatException like {@link #requireOwner} */
    public void record(User owner, RoomId room) {
        store.recordExport(owner.id(), room, clock.instant());
    }

    /**
     * Writes all messages that the room has now, and leaves the stream open. Reads the database page by page, and holds no
     * connection to it while the stream is written.
     *
     * @param texts the language of what people read
     * @throws IOException if the stream cannot be written
     * @throws ChatException FORBIDDEN or NOT_FOUND if the user is not the owner, or not any longer; UNAVAILABLE while the
     *     database does not respond
     */
    public void write(User owner, RoomId id, Format format, Texts texts, OutputStream out) throws IOException {
        Room room = memberships.room(owner, id);
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        if (format == Format.JSON) {
            writeJson(owner, room, writer);
        } else {
            writeText(owner, room, texts, writer);
        }
        writer.flush();
    }

    private void visit(User owner, Room room, Visitor visitor) throws IOException {
        long end = messages.lastSeq(room.id());
        for (long last = 0; last < end; ) {
            requireOwner(owner, room.id());
            List<LogEntry> page = messages.after(room.id(), last, PAGE);
            if (page.isEmpty()) {
                return;
            }
            for (LogEntry entry : page) {
                visitor.visit(entry.message());
            }
            last = page.get(page.size() - 1).message().seq();
        }
    }

    private void writeJson(User owner, Room room, Writer writer) throws IOException {
        JsonWriter json = new JsonWriter(writer);
        json.open('{')
                .field("room", room.id())
                .field("name", room.name())
                .field("kind", PersonalExport.lower(room.kind()))
                .field("exportedAt", clock.instant())
                .field("exportedBy", owner.username())
                .name("messages")
                .open('[');
        visit(owner, room, message -> writeMessage(json.openLine(), message));
        json.close(']').close('}');
        writer.write('\n');
    }

    private static void writeMessage(JsonWriter json, Message message) throws IOException {
        User author = message.author();
        json.field("seq", message.seq())
                .field("author", author.isDeleted() ? null : author.username())
                .field("displayName", author.displayName())
                .field("postedAt", message.postedAt())
                .field("edited", message.isEdited())
                .field("deleted", message.isDeleted())
                .field("replyTo", message.quote().map(quote -> quote.seq()).orElse(null))
                .field("body", message.body())
                .name("reactions")
                .open('[');
        for (Reaction reaction : message.reactions()) {
            json.open('{')
                    .field("emoji", reaction.emoji().symbol())
                    .field("count", reaction.count())
                    .close('}');
        }
        json.close(']').close('}');
    }

    private void writeText(User owner, Room room, Texts texts, Writer writer) throws IOException {
        writer.write(room.name() + "\n" + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\n\n");
        visit(owner, room, message -> {
            User author = message.author();
            String name = author.displayName().equals(author.username()) || !author.hasProfile()
                    ? author.handleIn(texts)
                    : author.displayName() + " (" + author.handleIn(texts) + ")";
            String reply = message.quote().map(quote -> " → " + quote.seq()).orElse("");
            writer.write("#" + message.seq() + reply + "  " + message.postedAt().truncatedTo(ChronoUnit.SECONDS) + "  "
                    + name + "\n");
            writer.write(message.isDeleted() ? "    –\n" : message.body().indent(4));
            writer.write("\n");
        });
    }
}
