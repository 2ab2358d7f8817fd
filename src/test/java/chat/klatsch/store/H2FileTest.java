package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.store.account.SqlAccountStore;
import chat.klatsch.store.message.SqlMessageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileTest {
    private static final int MESSAGES = 6_000;

    @TempDir
    Path directory;

    @Test
    void the_database_file_does_not_grow_with_every_write() throws IOException {
        // Without retention H2 reuses space immediately instead of after 45 seconds.
        String url = RecordedFile.url(directory.resolve("test")) + ";RETENTION_TIME=0";
        try (Database database = Database.open(url, Duration.ZERO)) {
            SqlMessageStore messages = new SqlMessageStore(database);
            User alice = new SqlAccountStore(database)
                    .create(new NewAccount("alice", "correct horse", Optional.empty()), "hash", StoreTest.NOW);
            for (int i = 0; i < MESSAGES; i++) {
                messages.append(RoomId.LOBBY, List.of(new Draft(alice, "key" + i, "Message " + i)), StoreTest.NOW);
            }
            assertThat(Files.size(directory.resolve("test.mv.db")) / MESSAGES).isLessThan(2_000);
        }
        try (Database database = Database.open(url, Duration.ZERO)) {
            assertThat(new SqlMessageStore(database).after(RoomId.LOBBY, 0, MESSAGES + 1))
                    .extracting(entry -> entry.message().seq())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        }
    }

    @Test
    void an_option_in_the_path_is_not_taken_for_one_of_the_url() {
        String url = "jdbc:h2:file:" + directory.resolve("WRITE_DELAY=500").resolve("test");
        assertThat(SqlDialect.H2.url(url)).contains(";WRITE_DELAY=0", ";CACHE_SIZE=4096");
        assertThat(SqlDialect.H2.url(url + ";write_delay=100"))
                .contains(";CACHE_SIZE=4096")
                .doesNotContain(";WRITE_DELAY=0");
    }
}
