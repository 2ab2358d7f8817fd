package chat.klatsch.web.account;

import chat.klatsch.web.http.ChatRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Text that was on a page when its session ended. The sign-in form carries it along.
 *
 * @param author the username of the user who wrote it
 * @param replyTo the sequence number of the message that it replies to
 */
public record UnsentText(String body, String author, OptionalLong replyTo) {
    /** Reads the fields of the sign-in form. */
    static UnsentText carriedBy(ChatRequest request) {
        return new UnsentText(request.form("text"), request.viewer(), request.number("replyTo"));
    }

    /** Reads the forms of a room's page, which may have several unsent texts. */
    static UnsentText of(ChatRequest request) {
        List<String> bodies = request.context().formParams("body").stream()
                .map(body -> body.replace("\r\n", "\n"))
                .filter(body -> !body.isBlank())
                .toList();
        return new UnsentText(
                bodies.stream().collect(Collectors.joining("\n\n")),
                request.viewer(),
                bodies.size() == 1 ? request.number("replyTo") : OptionalLong.empty());
    }

    public boolean isEmpty() {
        return body.isBlank();
    }
}
