package chat.klatsch.web.http;

import chat.klatsch.web.view.SignInLink;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A form that was not carried out. The page that says so shows its text and can send it again. The sign-in form carries it
 * along.
 *
 * @param action the path in the chat to which it is sent
 * @param viewer the username of the user for whom it was rendered, or empty
 * @param fields all other fields, without what was typed as a password
 */
public record UnsentForm(String action, String viewer, List<Field> fields) {
    /** The field of the sign-in form that holds the action, and the prefix of those that hold the fields. */
    public static final String CARRIED = "unsent";

    private static final String VIEWER = "viewer";

    /** The fields in which people write. */
    private static final Set<String> TEXTS = Set.of("body", "site", "name", "about", "note", "username", "email");

    private static final Set<String> LONG_TEXTS = Set.of("body", "about");
    private static final Set<String> PASSWORDS = Set.of("password", "new");

    public UnsentForm {
        fields = List.copyOf(fields);
    }

    /** One field of the form. */
    public record Field(String name, String value) {
        public String carriedName() {
            return CARRIED + "." + name;
        }

        /** The key of the name of the field that its author reads. */
        public String label() {
            return "field." + (isPassword() ? "password" : name);
        }

        public boolean isLong() {
            return LONG_TEXTS.contains(name);
        }

        public boolean isPassword() {
            return PASSWORDS.contains(name);
        }
    }

    /** Returns the form that is sent, if one of our pages has rendered it and somebody has typed in it. */
    static Optional<UnsentForm> of(Context context, Site site) {
        Map<String, List<String>> sent = FormRequests.accepted(context);
        return sent.containsKey(VIEWER) || sent.containsKey(RepeatedRequests.KEY)
                ? read(action(context, site), "", sent)
                : Optional.empty();
    }

    /** Leads a form with a file, which is not kept, to the address of the same form without one. */
    private static String action(Context context, Site site) {
        if (!context.isMultipart()) {
            return site.requestedAddress(context);
        }
        String next = Objects.requireNonNullElse(context.queryParam("next"), "");
        return context.queryParam("welcome") == null
                ? "/settings"
                : "/welcome?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /** Returns the form that the sign-in form carries. */
    public static Optional<UnsentForm> carriedBy(ChatRequest request) {
        return read(request.form(CARRIED), CARRIED + ".", FormRequests.accepted(request.context()));
    }

    private static Optional<UnsentForm> read(String action, String prefix, Map<String, List<String>> sent) {
        List<Field> fields = sent.entrySet().stream()
                .filter(field -> field.getKey().startsWith(prefix))
                .flatMap(field -> field.getValue().stream()
                        .map(value -> field(field.getKey().substring(prefix.length()), value)))
                .toList();
        String viewer = fields.stream()
                .filter(field -> field.name().equals(VIEWER))
                .map(Field::value)
                .findFirst()
                .orElse("");
        UnsentForm form = new UnsentForm(
                SignInLink.ownPath(action),
                viewer,
                fields.stream().filter(field -> !field.name().equals(VIEWER)).toList());
        return form.fields().stream().anyMatch(form::isTyped) ? Optional.of(form) : Optional.empty();
    }

    private static Field field(String name, String value) {
        return new Field(name, PASSWORDS.contains(name) ? "" : value);
    }

    /** Returns whether the page of the form was rendered for a user. */
    public boolean isOfUser() {
        return !viewer.isEmpty();
    }

    /** Returns whether somebody has typed the field. Some forms tell password managers their user's name. */
    public boolean isTyped(Field field) {
        return TEXTS.contains(field.name())
                && !field.value().isBlank()
                && !(field.name().equals("username") && field.value().equals(viewer));
    }
}
