package chat.klatsch.web.http;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The user for whom the page that sends a request was rendered. Pages send the username in a header with htmx, in the address
 * of a socket, a file upload or an image, and in a hidden field of each form. The name only ever refuses a request, so it
 * is no secret. Programs need not send it.
 */
final class PageViewer {
    private static final String HEADER = "Klatsch-Viewer";
    private static final String FIELD = "viewer";

    private PageViewer() {}

    /** Returns the username that the request names, if any. */
    static Optional<String> of(Context context) {
        return Stream.of(context.header(HEADER), context.queryParam(FIELD), formField(context))
                .filter(name -> name != null && !name.isEmpty())
                .findFirst();
    }

    /** Returns the username that the request names, or else that of its session if it has one that can be read. */
    static String name(Context context, Sessions sessions) {
        try {
            return of(context)
                    .or(() -> sessions.of(context).map(session -> session.user().username()))
                    .orElse("");
        } catch (ChatException unavailable) {
            return "";
        }
    }

    /** @throws ChatException OTHER_USER if the page was rendered for somebody else than this user */
    static void requireSame(Context context, User signedIn, AccountService accounts) {
        if (of(context)
                .filter(name -> !name.equals(signedIn.username()))
                // The application around the chat may have changed the name while the page was open.
                .filter(name -> !accounts.isFormerName(signedIn, name))
                .isPresent()) {
            throw new ChatException(ChatException.Kind.OTHER_USER, "refusal.other.user", signedIn.username());
        }
    }

    /** Reads no form with a file, which may be large. */
    private static @Nullable String formField(Context context) {
        return FormRequests.isSafe(context) || context.isMultipart() ? null : context.formParam(FIELD);
    }
}
