package chat.klatsch.web.account;

import chat.klatsch.draft.DraftVersion;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Text that was on a page when its session ended. The sign-in form carries it along.
 *
 * @param body the texts of the composer and of messages that could not be sent
 * @param author the username of the user who wrote it
 * @param replyTo the sequence number of the message that it replies to
 * @param forms the keys of the forms that the body is from
 * @param edits the texts of edits
 */
public record UnsentText(String body, String author, OptionalLong replyTo, List<String> forms, List<Edit> edits) {
    /** The most texts that the sign-in form carries. */
    private static final int MOST = 50;

    /** The text of the form that edits a message. */
    public record Edit(long seq, String body) {}

    public UnsentText {
        forms = forms.stream().filter(DraftVersion::isKey).limit(MOST).toList();
        edits = edits.stream().limit(MOST).toList();
    }

    /** Reads the fields of the sign-in form. */
    static UnsentText carriedBy(ChatRequest request) {
        List<String> seqs = request.context().formParams("seq");
        List<String> edited = request.context().formParams("edited");
        return new UnsentText(
                request.form("text"),
                request.viewer(),
                request.number("replyTo"),
                List.of(request.form("forms").split(" ")),
                IntStream.range(0, Math.min(seqs.size(), edited.size()))
                        .mapToObj(i -> new Edit(Json.number(seqs.get(i)), edited.get(i)))
                        .toList());
    }

    /** Reads the forms of a room's page, which may have several unsent texts. */
    static UnsentText of(ChatRequest request) {
        PageForms page = new PageForms(request);
        return new UnsentText(
                String.join("\n\n", page.bodies()),
                request.viewer(),
                page.bodies().size() == 1 ? request.number("replyTo") : OptionalLong.empty(),
                page.keys(),
                page.edits());
    }

    public boolean isEmpty() {
        return body.isBlank() && edits.isEmpty();
    }

    /** Returns the text without its edits, after the texts of these edits. */
    UnsentText with(List<Edit> orphans) {
        String all = Stream.concat(orphans.stream().map(Edit::body), Stream.of(body))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
        return new UnsentText(all, author, orphans.isEmpty() ? replyTo : OptionalLong.empty(), forms, List.of());
    }
}
