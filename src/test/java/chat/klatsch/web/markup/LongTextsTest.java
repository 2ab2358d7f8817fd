package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.fixture.LongTexts;
import chat.klatsch.fixture.QuietLog;
import chat.klatsch.fixture.Seeds;
import chat.klatsch.markup.MentionCandidates;
import chat.klatsch.message.Draft;
import chat.klatsch.message.Message;
import chat.klatsch.message.Quote;
import chat.klatsch.search.Excerpt;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.search.SearchText;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that no text takes long, or fails, wherever a message is read: posting, drawing, searching. */
class LongTextsTest {
    private static final int LENGTH = 20_000;

    /** What is stored of the longest text for searching, with blanks between all words. */
    private static final int MOST_SEARCHABLE = 100_000;

    /** The processor time in which a text is read everywhere: some milliseconds, seconds if it were quadratic. */
    private static final Duration MOST = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SearchQuery QUERY = SearchQuery.of("1 b c d " + "❤ a ".repeat(16));

    @RegisterExtension
    final QuietLog quiet = new QuietLog();

    private final LongTexts texts = new LongTexts(LENGTH);

    @Test
    void no_text_takes_long_or_fails() {
        texts.all().forEach(LongTextsTest::isReadQuickly);
        Seeds.forEach(30, random -> isReadQuickly(texts.mixed(random)));
    }

    private static void isReadQuickly(String text) {
        String start = text.substring(0, 20).replace("\n", "\\n");
        long nanos = assertTimeoutPreemptively(PATIENCE, () -> cost(text), () -> "starting with " + start);
        assertThat(Duration.ofNanos(nanos)).as("starting with %s", start).isLessThan(MOST);
    }

    private static long cost(String text) {
        isRead(text);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void isRead(String typed) {
        SearchQuery.of(typed);
        NormalText.line(typed);
        NormalText.name(typed);
        String body;
        try {
            body = new Draft(MarkupTest.message("", Set.of()).author(), typed, "key").body();
        } catch (ChatException blank) {
            return;
        }
        Message message = MarkupTest.message(body, MarkupTest.USERS);
        assertThat(MessageBody.of(MarkupTest.SITE, message)).isNotNull();
        assertThat(MentionCandidates.in(body).names()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(Quote.of(message).excerpt().length()).isLessThanOrEqualTo(2 * Quote.MAX_LENGTH);
        SearchText searched = SearchText.of(body);
        assertThat(searched.toString().length() + searched.indexed().size()).isLessThan(MOST_SEARCHABLE);
        assertThat(Excerpt.of(body, QUERY).pieces()).isNotEmpty();
    }
}
