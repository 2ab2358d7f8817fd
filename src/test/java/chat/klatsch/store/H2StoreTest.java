package chat.klatsch.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends MessageStoreContract {
    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:h2:file:" + directory.resolve("test");
    }

    @Override
    String primaryKey() {
        return "PRIMARY_KEY_\\w+: ID IN\\(";
    }
}
