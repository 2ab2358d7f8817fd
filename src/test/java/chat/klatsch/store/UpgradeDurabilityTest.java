package chat.klatsch.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.store.message.SqlMessageStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the power during an upgrade of the embedded database. {@code -Dcrashes=150} tries more moments. */
class UpgradeDurabilityTest {
    private static final int MESSAGES = 500;

    @TempDir
    Path directory;

    @Test
    void a_power_cut_during_an_upgrade_loses_nothing_and_the_next_start_completes_it() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (RecordedFile file = new RecordedFile(directory)) {
            try (Connection connection = DriverManager.getConnection(SqlDialect.H2.url(file.url()))) {
                connection.createStatement().execute(UpgradeTest.dump("1", StoreTest.Engine.H2));
                connection
                        .createStatement()
                        .execute("insert into messages (room_id, seq, author_id, body, fingerprint, posted_at)"
                                + " select 'lobby', x, 101, 'Message ' || x, cast('m' || x as bytea), current_timestamp"
                                + " from system_range(4, " + MESSAGES + ");"
                                + "update rooms set last_seq = " + MESSAGES);
            }
            int start = RecordedFile.moments();
            Database.open(file.url() + ";RETENTION_TIME=0", Duration.ZERO).close();
            int end = RecordedFile.stop();
            file.cutPowerAt(
                    RecordedFile.chooseMoments(start, end, Integer.getInteger("crashes", 15), random),
                    random,
                    image -> assertComplete(image, "-Dseed=" + seed));
        }
    }

    private static void assertComplete(RecordedFile.Image image, String seed) {
        try (Database database = Database.open(image.url(), Duration.ZERO)) {
            assertThat(new SqlMessageStore(database).after(RoomId.LOBBY, 0, MESSAGES + 1))
                    .as("after a crash at %s, %s", image.moment(), seed)
                    .extracting(entry -> entry.message().seq())
                    .containsExactlyElementsOf(StoreTest.range(1, MESSAGES));
        }
    }
}
