package chat.klatsch.web.account;

import chat.klatsch.draft.DraftVersion;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Text that was on a page when its session ended. The sign-in form carries it along.
 *
 * @param texts those of messages that could not be sent and of the composer
 * @param author the username of the user who wrote it
 * @param replyTo the sequence number of the message that it replies to
 * @param forms the keys of the forms that these texts are from
 * @param edits the texts of edits
 */
public record UnsentText(
        List<String> texts, String author, OptionalLong replyTo, List<String> forms, List<Edit> edits) {
    private static final String BETWEEN = "\n\n";

    /** The most texts that the sign-in form carries. */
    private static final int MOST = 50;

    /** The text of the form that edits a message. */
    public record Edit(long seq, String body) {}

    public UnsentText {
        texts = texts.stream().filter(text -> !text.isBlank()).toList();
        forms = forms.stream().filter(DraftVersion::isKey).limit(MOST).toList();
        edits = edits.stream().limit(MOST).toList();
    }

    /** Reads the fields of the sign-in form. */
    static UnsentText carriedBy(ChatRequest request) {
        List<String> seqs = request.context().formParams("seq");
        List<String> edited = request.context().formParams("edited");
        return new UnsentText(
                split(request.form("text").replace("\r\n", "\n"), request.form("lengths")),
                request.viewer(),
                request.number("replyTo"),
                List.of(request.form("forms").split(" ")),
                IntStream.range(0, Math.min(seqs.size(), edited.size()))
                        .mapToObj(i -> new Edit(Json.number(seqs.get(i)), edited.get(i)))
                        .toList());
    }

    private static List<String> split(String body, String lengths) {
        List<String> texts = new ArrayList<>();
        String rest = body;
        for (String length : lengths.isEmpty() ? new String[0] : lengths.split(" ")) {
            int end = (int) Math.min(Json.number(length), rest.length());
            texts.add(rest.substring(0, end));
            rest = rest.substring(Math.min(end + BETWEEN.length(), rest.length()));
        }
        texts.add(rest);
        return texts;
    }

    /** Reads the forms of a room's page, which may have several unsent texts. */
    static UnsentText of(ChatRequest request) {
        PageForms page = new PageForms(request);
        return new UnsentText(
                page.bodies(),
                request.viewer(),
                page.bodies().size() == 1 ? request.number("replyTo") : OptionalLong.empty(),
                page.keys(),
                page.edits());
    }

    public boolean isEmpty() {
        return texts.isEmpty() && edits.isEmpty();
    }

    /** Returns the texts as one. */
    public String body() {
        return String.join(BETWEEN, texts);
    }

    /** Returns how long each of the texts is. */
    public String lengths() {
        return texts.stream().map(text -> Integer.toString(text.length())).collect(Collectors.joining(" "));
    }

    /** Returns the texts without the edits, after the texts of these edits. */
    UnsentText with(List<Edit> orphans) {
        List<String> all =
                Stream.concat(orphans.stream().map(Edit::body), texts.stream()).toList();
        return new UnsentText(all, author, orphans.isEmpty() ? replyTo : OptionalLong.empty(), forms, List.of());
    }
}
