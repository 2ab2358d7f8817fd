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
                "{'node':'0123456789abcdef'}",
                "{'node':'0123456789abcdef','message':null}",
                "{'node':'0123456789abcdef','message':{}}",
                "{'node':'0123456789abcdef','message':{'type':'unheard-of'}}",
                "{'node':'0123456789abcdef','message':{'type':'java.lang.Runtime'}}",
                "{'node':'0123456789abcdef','message':{'type':'heartbeat'}} and more",
                "{'node':'0123456789abcdef','message':{'type':'heartbeat','more':1}}",
                "{'node':'0123456789ABCDEF','message':{'type':'heartbeat'}}",
                "{'node':'me','message':{'type':'heartbeat'}}",
                "{'message':{'type':'heartbeat'}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','version':1}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby'}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':null}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':'many'}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':'7'}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':7.9}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':true}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':99999999999999999999}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':'lobby','version':1,'version':2}}",
                "{'node':'0123456789abcdef','message':{'type':'roomUpdated','room':7,'version':1}}",
                "{'node':'0123456789abcdef','message':{'type':'roomChanged','room':'lobby','user':'7'}}",
                "{'node':'0123456789abcdef','message':{'type':'roomChanged','room':'lobby','user':7.0}}",
                "{'node':'0123456789abcdef','message':{'type':'sessionReplaced'}}",
                "{'node':'0123456789abcdef','message':{'type':'sessionReplaced','session':7}}",
                "{'node':'0123456789abcdef','message':{'type':'messagesRead','room':'lobby','users':['7']}}",
                "{'node':'0123456789abcdef','message':{'type':'messagesRead','room':'lobby','users':[7.5]}}",
                "{'node':'0123456789abcdef','message':{'type':'userTyping'}}",
                "{'node':'0123456789abcdef','message':{'type':'userTyping','user':{'id':1,'username':'alice','name':'Alice'}}}",
                "{'node':'0123456789abcdef','message':{'type':'presenceUpdate','version':1}}",
                "{'node':'0123456789abcdef','message':{'type':'presenceUpdate','version':1,'users':[null]}}",
                "{'node':'0123456789abcdef','message':{'type':'presenceUpdate','version':1,'users':[1],'first':[]}}"
            })
    void malformed_messages_are_ignored(String json) {
        assertThat(Envelope.read(json.replace('\'', '"'))).isEmpty();
    }

    @Test
    void a_report_of_as_many_users_as_a_node_can_have_is_read_and_one_of_more_is_not() {
        assertThat(Envelope.read(present(50_000))).isPresent();
        assertThat(Envelope.read(present(50_001))).isEmpty();
        assertThat(Envelope.read(read(50_000))).isPresent();
        assertThat(Envelope.read(read(50_001))).isEmpty();
    }

    @Test
    void a_message_that_is_longer_than_any_report_is_not_even_parsed() {
        String heartbeat = message("'type':'heartbeat'");
        assertThat(Envelope.read(heartbeat + " ".repeat(1_000_000))).isPresent();
        assertThat(Envelope.read(heartbeat + " ".repeat(1_250_000))).isEmpty();
    }

    private static String present(int users) {
        return message("'type':'presenceUpdate','version':1,'users':[%s]".formatted(ids(users)));
    }

    private static String read(int users) {
        return message("'type':'messagesRead','room':'lobby','users':[%s]".formatted(ids(users)));
    }

    private static String message(String fields) {
        return "{'node':'0123456789abcdef','message':{%s}}".formatted(fields).replace('\'', '"');
    }

    private static String ids(int users) {
        return LongStream.range(0, users)
                .mapToObj(user -> Long.toString(1_000_000_000 + user))
                .collect(Collectors.joining(","));
    }
}
