package chat.klatsch.web.account;

import chat.klatsch.web.http.ChatRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Confirms an action on the page after it. The page's address holds the keyword of the message. */
enum FlashMessage {
    EMAIL("Your email address has been changed. Please open the link that we have sent to it."),
    SENT("We have sent you a link."),
    VERIFIED("Your email address is verified."),
    PASSWORD("Your password has been changed, and you are signed out on all other devices."),
    FORGOT("If an account has this address, we have sent a link to it. The link works for one hour."),
    RESET("Your password has been changed. Please sign in with the new one."),
    DELETED("Your account has been deleted.");

    private static final String PARAMETER = "done";

    private final String text;

    FlashMessage(String text) {
        this.text = text;
    }

    /** The path of a page that shows this message. */
    String at(String path) {
        return path + "?" + PARAMETER + "=" + keyword();
    }

    /** The message that the requested page shows. */
    static Optional<String> of(ChatRequest request) {
        return request.query(PARAMETER)
                .flatMap(keyword -> Arrays.stream(values())
                        .filter(message -> message.keyword().equals(keyword))
                        .map(message -> message.text)
                        .findFirst());
    }

    private String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
