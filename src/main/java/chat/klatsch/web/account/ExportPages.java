package chat.klatsch.web.account;

import chat.klatsch.core.ConcurrencyLimiter;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.export.PersonalExport;
import chat.klatsch.export.RoomExport;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Download;
import chat.klatsch.web.http.RateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Downloads of a user's own data, and of a room for its owner. Thread-safe. */
public final class ExportPages {
    private static final int PER_HOUR = 10;

    /** The downloads that occupy a thread at the same time. */
    private static final int AT_ONCE = 4;

    private final PersonalExport people;
    private final RoomExport rooms;
    private final Clock clock;
    private final RateLimiter rate = new RateLimiter("refusal.export.often", PER_HOUR, Duration.ofHours(1));
    private final ConcurrencyLimiter turns =
            new ConcurrencyLimiter(AT_ONCE, Duration.ofSeconds(2), "refusal.export.busy", Duration.ofMinutes(1));

    public ExportPages(PersonalExport people, RoomExport rooms, Clock clock) {
        this.people = people;
        this.rooms = rooms;
        this.clock = clock;
    }

    public void person(ChatRequest request) {
        User user = request.user();
        String name = user.username() + "-" + today() + ".zip";
        send(request, name, "application/zip", out -> people.write(user, out));
    }

    public void room(ChatRequest request) {
        User owner = request.user();
        RoomId room = request.room().id();
        RoomExport.Format format =
                request.form("format").equals("text") ? RoomExport.Format.TEXT : RoomExport.Format.JSON;
        boolean isText = format == RoomExport.Format.TEXT;
        String name = request.room().name() + "-" + today() + (isText ? ".txt" : ".json");
        rooms.requireOwner(owner, room);
        send(request, name, isText ? "text/plain; charset=utf-8" : "application/json", out -> {
            rooms.record(owner, room);
            rooms.write(owner, room, format, request.site().texts(), out);
        });
    }

    private void send(ChatRequest request, String name, String type, Download.Content content) {
        rate.take(request.user().id());
        turns.run(() -> {
            Download.send(request.context(), name, type, content);
            return true;
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
