package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeMessageTest {
    static List<NodeMessage> messages() {
        NodeMessage.UserSummary alice = new NodeMessage.UserSummary(7, "alice", "Alice <b> \"\u2603\"");
        return List.of(
                new NodeMessage.Heartbeat(),
                new NodeMessage.Leaving(),
                new NodeMessage.SessionsRevoked(7, "a1b2"),
                new NodeMessage.SessionsRevoked(7, null),
                new NodeMessage.PresenceRequest("0123456789abcdef"),
                new NodeMessage.PresenceRequest(null),
                new NodeMessage.RoomUpdated("lobby", Long.MAX_VALUE),
                new NodeMessage.MessagesRead("lobby", List.of(7L, 8L)),
                new NodeMessage.RoomChanged("lobby", 7L),
                new NodeMessage.RoomChanged("lobby", null),
                new NodeMessage.UserRenamed(7),
                new NodeMessage.UserTyping(alice),
                new NodeMessage.PresenceUpdate(3, List.of(7L, 8L), List.of(alice)));
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
                "{'jvm':'0123456789abcdef','word':{'say':'typing','person':{'id':1,'username':'alice'}}}",
                "{'jvm':'0123456789abcdef','word':{'say':'attending','version':1,'people':[1]}}",
                "{'jvm':'0123456789abcdef','word':{'say':'attending','version':1,'people':[null],'first':[]}}",
                "{'jvm':'0123456789abcdef','word':{'say':'attending','version':1,'people':[1],'first':[null]}}"
            })
    void malformed_messages_are_ignored(String json) {
        assertThat(Envelope.read(json.replace('\'', '"'))).isEmpty();
    }

    @Test
    void a_report_with_more_users_than_are_shown_is_ignored() {
        String users = "{\"id\":1,\"username\":\"a\",\"name\":\"a\"},".repeat(51);
        assertThat(Envelope.read(
                        "{\"jvm\":\"0123456789abcdef\",\"word\":{\"say\":\"attending\",\"version\":1,\"people\":[],\"first\":[%s]}}"
                                .formatted(users.substring(0, users.length() - 1))))
                .isEmpty();
    }
}
