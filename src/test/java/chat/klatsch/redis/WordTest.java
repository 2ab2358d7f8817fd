package chat.klatsch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordTest {
    static List<Word> words() {
        Word.Person alice = new Word.Person(7, "alice", "Alice <b> \"\u2603\"");
        return List.of(
                new Word.Beat(),
                new Word.Bye(),
                new Word.Revoked(7, "a1b2"),
                new Word.Revoked(7, null),
                new Word.Who("0123456789abcdef"),
                new Word.Who(null),
                new Word.News("lobby", Long.MAX_VALUE),
                new Word.Seen("lobby", List.of(7L, 8L)),
                new Word.Changed("lobby", 7L),
                new Word.Changed("lobby", null),
                new Word.Typing(alice),
                new Word.Attending(3, List.of(7L, 8L), List.of(alice)));
    }

    @ParameterizedTest
    @MethodSource("words")
    void what_is_said_is_heard(Word word) {
        Spoken spoken = new Spoken("0123456789abcdef", word);
        assertThat(Spoken.read(spoken.json())).contains(spoken);
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
    void nothing_else_is_heard(String json) {
        assertThat(Spoken.read(json.replace('\'', '"'))).isEmpty();
    }

    @Test
    void no_more_people_are_named_than_are_shown() {
        String crowd = "{\"id\":1,\"username\":\"a\",\"name\":\"a\"},".repeat(51);
        assertThat(Spoken.read(
                        "{\"jvm\":\"0123456789abcdef\",\"word\":{\"say\":\"attending\",\"version\":1,\"people\":[],\"first\":[%s]}}"
                                .formatted(crowd.substring(0, crowd.length() - 1))))
                .isEmpty();
    }
}
