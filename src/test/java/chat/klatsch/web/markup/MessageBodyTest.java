package chat.klatsch.web.markup;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.fixture.Log;
import chat.klatsch.markup.Node;
import chat.klatsch.message.Message;
import chat.klatsch.web.view.Site;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a message that cannot be rendered is shown as plain text. */
class MessageBodyTest {
    private static final String TEXT = "**a** <b> @bob\nb";

    /** Parsers that fail, and one whose result is nested so deeply that writing it overflows the stack. */
    static Stream<Function<Message, List<Node>>> failures() {
        return Stream.of(
                message -> {
                    throw new IllegalStateException("no parser");
                },
                MessageBodyTest::parsesForever,
                message -> nested(100_000));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_message_that_cannot_be_rendered_is_shown_as_plain_text(Function<Message, List<Node>> parser) {
        try (Log log = new Log()) {
            MessageBody body = MessageBody.of(MarkupTest.SITE, message("failing", 1), parser);
            StringOutput html = new StringOutput();
            body.html().writeTo(html);
            assertThat(html.toString()).isEqualTo("**a** &lt;b&gt; @bob\nb");
            assertThat(log.text()).doesNotContain("@bob");
        }
    }

    @Test
    void a_failure_is_logged_once_for_each_message() {
        try (Log log = new Log()) {
            for (int time = 0; time < 3; time++) {
                MessageBody.of(
                        MarkupTest.SITE,
                        message("logged", 1),
                        failures().findFirst().orElseThrow());
            }
            assertThat(failuresIn(log)).isEqualTo(1);
            for (int seq = 2; seq <= 101; seq++) {
                MessageBody.of(
                        MarkupTest.SITE,
                        message("logged", seq),
                        failures().findFirst().orElseThrow());
            }
            assertThat(failuresIn(log)).isEqualTo(101);
            // Only the last hundred are remembered.
            MessageBody.of(
                    MarkupTest.SITE,
                    message("logged", 1),
                    failures().findFirst().orElseThrow());
            assertThat(failuresIn(log)).isEqualTo(102);
        }
    }

    @Test
    void each_chat_in_a_process_logs_its_own_failures() {
        try (Log log = new Log()) {
            Site one = new Site("/one", Optional.empty(), MarkupTest.SITE.assets(), () -> "Klatsch");
            Site two = new Site("/two", Optional.empty(), MarkupTest.SITE.assets(), () -> "Klatsch");
            for (Site chat : List.of(one, two, one)) {
                MessageBody.of(
                        chat, message("shared", 1), failures().findFirst().orElseThrow());
            }
            assertThat(failuresIn(log)).isEqualTo(2);
        }
    }

    private static long failuresIn(Log log) {
        return log.text()
                .lines()
                .filter(line -> line.contains("cannot be rendered"))
                .count();
    }

    private static List<Node> parsesForever(Message message) {
        return List.copyOf(parsesForever(message));
    }

    private static List<Node> nested(int depth) {
        Node node = new Node.Text("a");
        for (int i = 0; i < depth; i++) {
            node = new Node.Styled(Node.Style.STRONG, List.of(node));
        }
        return List.of(node);
    }

    private static Message message(String room, long seq) {
        return new Message(
                new RoomId(room),
                seq,
                new User(new UserId(1), "author", "Author"),
                TEXT,
                Instant.EPOCH,
                Message.Status.POSTED,
                Optional.empty(),
                List.of(),
                Set.of("bob"));
    }
}
