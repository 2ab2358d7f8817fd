package chat.klatsch.web.account;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What has just been done, as the next page says it: the address names it and this list has the words. */
enum FlashMessage {
    EMAIL("Your address has been changed. Please follow the link that we have sent there."),
    SENT("A letter with a link is on its way to you."),
    VERIFIED("Thank you, your e-mail address is confirmed."),
    PASSWORD("Your password has been changed, and you are signed out everywhere else."),
    FORGOT("If somebody has this address, a letter with a link is on its way there. The link works for one hour."),
    RESET("Your password has been changed. Please sign in with the new one."),
    DELETED("Your account is deleted. Goodbye!");

    private static final String PARAMETER = "done";

    private final String words;

    FlashMessage(String words) {
        this.words = words;
    }

    /** The path of a page that says it. */
    String at(String path) {
        return path + "?" + PARAMETER + "=" + keyword();
    }

    /** What the page that is asked for has to say. */
    static Optional<String> words(Context context) {
        return Arrays.stream(values())
                .filter(done -> done.keyword().equals(context.queryParam(PARAMETER)))
                .map(done -> done.words)
                .findFirst();
    }

    private String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
