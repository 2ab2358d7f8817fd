package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.Limit;
import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Backs chats up and restores them, by the commands. */
abstract class MovedChatTest {
    @RegisterExtension
    static final Postgres postgres = new Postgres();

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    Path scratch;

    /** Where a chat keeps its data, as an option. */
    String place(String engine) {
        return engine.equals("H2")
                ? "--data=" + scratch.resolve("data" + NAMES.incrementAndGet())
                : "--database=" + postgres.empty();
    }

    /** Restores a backup in a place of its own. */
    String place(Path file) {
        String place = place("H2");
        restore(place, file);
        return place;
    }

    static String inMemory() {
        return "--database=jdbc:h2:mem:restored" + NAMES.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
    }

    Path smallBackup() {
        String from = place("H2");
        Path file = scratch.resolve("small.zip");
        try (ChatServer chat = start(from)) {
            new ChatClient(chat.url(), "alice").signUp().posts("hello");
        }
        backUp(from, file);
        return file;
    }

    static ChatServer start(String place) {
        return ChatServer.start(config -> {
            Settings.fromArguments(List.of("--port=0", place), config.fromEnvironment());
            for (Limit limit : Limit.values()) {
                config.limit(limit, limit == Limit.MESSAGE_LENGTH ? 2_000 : 0);
            }
        });
    }

    static void backUp(String place, Path file) {
        Backups.of(CommandLine.of(List.of("backup", place, file.toString()))).write();
    }

    static void restore(String place, Path file) {
        Backups.of(CommandLine.of(List.of("restore", place, file.toString()))).restore();
    }

    static List<ChatClient.Seen> transcript(ChatClient reader) {
        List<ChatClient.Seen> messages = new ArrayList<>();
        for (long last = 0; ; last = messages.get(messages.size() - 1).seq()) {
            List<ChatClient.Seen> page = ChatClient.messages(
                    reader.get(reader.at("messages?after=" + last)).body());
            if (page.isEmpty()) {
                return messages;
            }
            messages.addAll(page);
        }
    }

    static void assertRefused(String place, Path file, String reason) {
        assertThatThrownBy(() -> restore(place, file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }
}
