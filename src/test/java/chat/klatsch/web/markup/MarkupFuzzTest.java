package chat.klatsch.web.markup;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.message.Draft;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class MarkupFuzzTest {
    private static final User ALICE = new User(new UserId(1), "alice", "Alice");

    @FuzzTest
    void every_text_that_can_be_posted_is_harmless(byte[] data) {
        String text;
        try {
            text = new Draft(ALICE, new String(data, StandardCharsets.UTF_8), "key").body();
        } catch (ChatException refused) {
            return;
        }
        MarkupPropertyTest.isHarmless(text);
        if (!text.contains("](")) {
            MarkupPropertyTest.losesNothing(text);
        }
    }
}
