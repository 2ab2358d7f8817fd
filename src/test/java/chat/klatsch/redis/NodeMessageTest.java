package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeMessageTest {
    static List<NodeMessage> messages() {
        return List.of(
                new NodeMessage.Heartbeat(),
                new NodeMessage.Leaving(),
                new NodeMessage.SessionsRevoked(7, "a1b2"),
                new NodeMessage.SessionsRevoked(7, null),
                new NodeMessage.SessionReplaced("a1b2"),
                new NodeMessage.PresenceRequest("0123456789abcdef"),
                new NodeMessage.PresenceRequest(null),
                new NodeMessage.RoomUpdated("lobby", Long.MAX_VALUE),
                new NodeMessage.MessagesRead("lobby", List.of(7L, 8L)),
                new NodeMessage.RoomChanged("lobby", 7L),
                new NodeMessage.RoomChanged("lobby", null),
                new NodeMessage.UserRenamed(7),
                new NodeMessage.UserTyping(7),
                new NodeMessage.PresenceUpdate(3, List.of(7L, 8L)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_reads_back_as_it_was_written(NodeMessage message) {
        Envelope envelope = new Envelope("0123456789abcdef", message);
        assertThat(Envelope.read(envelope.json())).contains(envelope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{}",
                "[]",
                "nonsense",
                "{'jvm':'0123456789abcdef'}",
                "{'jvm':'0123456789abcdef','word':null}",
                "{'jvm':'0123456789abcdef','word':{}}",
                "{'jvm':'0123456789abcdef','word':{'say':'unheard-of'}}",
                "{'jvm':'0123456789abcdef','word':{'say':'java.lang.Runtime'}}",
                "{'jvm':'0123456789abcdef','word':{'say':'beat'}} and more",
                "{'jvm':'0123456789abcdef','word':{'say':'beat','more':1}}",
                "{'jvm':'0123456789ABCDEF','word':{'say':'beat'}}",
                "{'jvm':'me','word':{'say':'beat'}}",
                "{'word':{'say':'beat'}}",
                "{'jvm':'0123456789abcdef','word':{'say':'news'}}",
                "{'jvm':'0123456789abcdef','word':{'say':'news','seq':null}}",
                "{'jvm':'0123456789abcdef','word':{'say':'news','seq':'many'}}",
                "{'jvm':'0123456789abcdef','word':{'say':'news','seq':99999999999999999999}}",
                "{'jvm':'0123456789abcdef','word':{'say':'typing'}}",
                "{'jvm':'0123456789abcdef','word':{'say':'typing','person':{'id':1,'username':'alice','name':'Alice'}}}",
                "{'jvm':'0123456789abcdef','word':{'say':'attending','version':1}}",
                "{'jvm':'0123456789abcdef','word':{'say':'attending','version':1,'people':[null]}}",
                "{'jvm':'0123456789abcdef','word':{'say':'attending','version':1,'people':[1],'first':[]}}"
            })
    void malformed_messages_are_ignored(String json) {
        assertThat(Envelope.read(json.replace('\'', '"'))).isEmpty();
    }

    @Test
    void a_report_of_as_many_users_as_a_node_can_have_is_read_and_one_of_more_is_not() {
        assertThat(Envelope.read(attending(50_000))).isPresent();
        assertThat(Envelope.read(attending(50_001))).isEmpty();
    }

    @Test
    void a_message_that_is_longer_than_any_report_is_not_even_parsed() {
        String beat = "{\"jvm\":\"0123456789abcdef\",\"word\":{\"say\":\"beat\"}}";
        assertThat(Envelope.read(beat + " ".repeat(1_000_000))).isPresent();
        assertThat(Envelope.read(beat + " ".repeat(1_250_000))).isEmpty();
    }

    private static String attending(int users) {
        return "{\"jvm\":\"0123456789abcdef\",\"word\":{\"say\":\"attending\",\"version\":1,\"people\":[%s]}}"
                .formatted(LongStream.range(0, users)
                        .mapToObj(user -> Long.toString(Long.MAX_VALUE - user))
                        .collect(Collectors.joining(",")));
    }
}
