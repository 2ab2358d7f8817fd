package chat.klatsch.web.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Confirms an action on the page after it. The page's address holds the keyword of the message, and the name that it speaks of. */
public enum FlashMessage {
    EMAIL(false),
    SENT(false),
    VERIFIED(false),
    PASSWORD(false),
    FORGOT(false),
    RESET(false),
    DELETED(false),
    SIGNED_OUT(false),
    SAVED(false),
    STARRED(true),
    UNSTARRED(true),
    INVITED(true),
    WITHDRAWN(true),
    REMOVED(true),
    MUTED(true),
    UNMUTED(true),
    TRANSFERRED(true),
    LINK_CREATED(false),
    LINK_REVOKED(false),
    LEFT(true),
    DECLINED(true),
    ROOM_DELETED(true),
    ROOM_CLOSED(true),
    ROOM_TAKEN(true),
    MESSAGE_DELETED(true),
    BANNED(true),
    UNBANNED(true),
    APPOINTED(true),
    DISMISSED(true);

    private static final String PARAMETER = "done";
    private static final String SUBJECT = "of";
    private static final int MAX_SUBJECT_LENGTH = 200;

    private final boolean hasSubject;

    FlashMessage(boolean hasSubject) {
        this.hasSubject = hasSubject;
    }

    private String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path of a page that shows this message. */
    public String at(String path) {
        return at(path, "");
    }

    /** The path of a page that shows this message about a user or a room. Replaces any message in the path. */
    public String at(String path, String subject) {
        String[] parts = path.split("#", 2);
        String[] address = parts[0].split("\\?", 2);
        Stream<String> kept = Arrays.stream(address.length > 1 ? address[1].split("&") : new String[0])
                .filter(parameter -> !parameter.isEmpty()
                        && !parameter.startsWith(PARAMETER + "=")
                        && !parameter.startsWith(SUBJECT + "="));
        Stream<String> added = Stream.of(
                PARAMETER + "=" + keyword(),
                subject.isEmpty() ? "" : SUBJECT + "=" + URLEncoder.encode(subject, StandardCharsets.UTF_8));
        String query = Stream.concat(kept, added)
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        return address[0] + "?" + query + (parts.length > 1 ? "#" + parts[1] : "");
    }

    /** The path with the message that the request would show itself. */
    public static String passedOn(ChatRequest request, String path) {
        return named(request)
                .map(message -> message.at(path, request.query(SUBJECT).orElse("")))
                .orElse(path);
    }

    /** The message that the requested page shows. */
    static Optional<String> of(ChatRequest request) {
        return named(request)
                .map(message -> request.text(
                        "done." + message.keyword(), request.query(SUBJECT).orElse("")));
    }

    private static Optional<FlashMessage> named(ChatRequest request) {
        String subject = request.query(SUBJECT)
                .filter(name -> name.length() <= MAX_SUBJECT_LENGTH)
                .orElse("");
        return request.query(PARAMETER)
                .flatMap(keyword -> Arrays.stream(values())
                        .filter(message -> message.keyword().equals(keyword))
                        .filter(message -> message.hasSubject != subject.isEmpty())
                        .findFirst());
    }
}
