package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKey;
import chat.klatsch.core.IdempotencyKeys;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Gives a form that is sent twice the answer of the first time. Two requests are the same if their user, path, key and
 * fields are. Passwords do not count, as they must not be stored in a fast hash; the handlers of the forms that set one check
 * it. Thread-safe.
 */
final class RepeatedRequests {
    static final String KEY = "key";
    private static final Set<String> NOT_COMPARED = Set.of(KEY, "password", "new");

    private final IdempotencyKeys keys;
    private final Sessions sessions;

    RepeatedRequests(IdempotencyKeys keys, Sessions sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    /** Returns the key of a request that carries one, with the answer that it will get. */
    private Optional<IdempotencyKey> key(Context context, String answer) {
        if (FormRequests.isSafe(context)) {
            return Optional.empty();
        }
        // A form with a file is read by its handler only, and carries its fields in its address.
        boolean file = context.isMultipart();
        String key = Objects.requireNonNullElse(file ? context.queryParam(KEY) : context.formParam(KEY), "");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(user(context), context.path(), key));
        if (file) {
            parts.add(String.valueOf(context.contentLength()));
        } else {
            new TreeMap<>(context.formParamMap()).forEach((name, values) -> {
                if (!NOT_COMPARED.contains(name)) {
                    parts.add(name);
                    parts.addAll(values);
                }
            });
        }
        return Optional.of(IdempotencyKey.of(parts, answer));
    }

    /** Returns the answer of the same request, if it has been carried out. */
    Optional<String> answer(Context context) {
        return key(context, "").flatMap(keys::answer);
    }

    /** Returns the path to which the same request has led, if it has been carried out. */
    Optional<String> next(Context context) {
        return answer(context).filter(answer -> answer.startsWith("/"));
    }

    /**
     * Runs an action, once for each key.
     *
     * @throws IdempotencyKeys.RepeatedRequestException if the same request has been carried out
     */
    <T> T once(Context context, String answer, Supplier<T> action) {
        Optional<IdempotencyKey> key = key(context, answer);
        return key.isPresent() ? keys.once(key.get(), action) : action.get();
    }

    /** Runs an action, once for each key, and returns the path to which it leads. */
    String once(Context context, String next, Runnable action) {
        try {
            return once(context, next, () -> {
                action.run();
                return next;
            });
        } catch (IdempotencyKeys.RepeatedRequestException | ChatException e) {
            // The same form may have been carried out while this one waited.
            return next(context).orElseThrow(() -> e);
        }
    }

    void record() {
        keys.record();
    }

    /**
     * The user, or whoever the page was rendered for, who may have deleted the account. Forms for anyone are the same for all,
     * as they may start a session.
     */
    private String user(Context context) {
        return context.routeRoles().contains(Access.ANYONE) ? "" : signedIn(context);
    }

    private String signedIn(Context context) {
        return sessions.of(context)
                .map(session -> session.user().username())
                .or(() -> PageViewer.of(context))
                .orElse("");
    }
}
