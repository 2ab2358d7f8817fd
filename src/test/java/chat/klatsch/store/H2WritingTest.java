package chat.klatsch.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2WritingTest extends GroupCommitContract {
    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:h2:file:" + directory.resolve("test");
    }
}
