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
    EMAIL("Your email address has been changed. Please open the link that we have sent to it."),
    SENT("We have sent you a link."),
    VERIFIED("Your email address is verified."),
    PASSWORD("Your password has been changed, and you are signed out on all other devices."),
    FORGOT("If an account has this address, we have sent a link to it. The link works for one hour."),
    RESET("Your password has been changed. Please sign in with the new one."),
    DELETED("Your account has been deleted."),
    SIGNED_OUT("You are signed out on all devices."),
    SAVED("Saved."),
    INVITED("%s is invited. They will find the invitation in their list of rooms."),
    WITHDRAWN("%s's invitation has been withdrawn."),
    REMOVED("%s has been removed from this room."),
    MUTED("%s is muted in this room."),
    UNMUTED("%s can post in this room again."),
    TRANSFERRED("%s owns this room now."),
    LINK_CREATED("The invitation link is ready to be shared."),
    LINK_REVOKED("The invitation link no longer works."),
    LEFT("You have left %s."),
    DECLINED("You have declined the invitation to %s."),
    ROOM_DELETED("%s has been deleted."),
    ROOM_CLOSED("%s is a closed room now."),
    ROOM_TAKEN("You own %s now."),
    MESSAGE_DELETED("A message by %s has been deleted."),
    BANNED("%s is banned and signed out everywhere."),
    UNBANNED("%s can sign in again."),
    APPOINTED("%s is an operator now."),
    DISMISSED("%s is no longer an operator.");

    private static final String PARAMETER = "done";
    private static final String SUBJECT = "of";
    private static final int MAX_SUBJECT_LENGTH = 200;

    private final String text;

    FlashMessage(String text) {
        this.text = text;
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
                PARAMETER + "=" + name().toLowerCase(Locale.ROOT),
                subject.isEmpty() ? "" : SUBJECT + "=" + URLEncoder.encode(subject, StandardCharsets.UTF_8));
        String query = Stream.concat(kept, added)
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        return address[0] + "?" + query + (parts.length > 1 ? "#" + parts[1] : "");
    }

    /** The message that the requested page shows. */
    static Optional<String> of(ChatRequest request) {
        String subject = request.query(SUBJECT)
                .filter(name -> name.length() <= MAX_SUBJECT_LENGTH)
                .orElse("");
        return request.query(PARAMETER)
                .flatMap(keyword -> Arrays.stream(values())
                        .filter(message ->
                                message.name().toLowerCase(Locale.ROOT).equals(keyword))
                        .filter(message -> message.text.contains("%s") != subject.isEmpty())
                        .findFirst())
                .map(message -> message.text.replace("%s", subject));
    }
}
