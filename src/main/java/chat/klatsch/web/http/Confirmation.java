package chat.klatsch.web.http;

import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The page that asks before something is done for good. Its form is sent to the page's own path, with the fields that led to it.
 *
 * @param question the title, which names what is done and to whom
 * @param text what follows from it
 * @param button what is done
 * @param action the path in the chat
 * @param fields the hidden fields, among them the path to go back to
 * @param back the path in the chat to go back to
 * @param note the field for a reason, if one can be given
 */
public record Confirmation(
        String question,
        String text,
        String button,
        String action,
        Map<String, String> fields,
        String back,
        Optional<Note> note) {
    private static final StaticTemplates TEMPLATES = new StaticTemplates();

    /** The field for a reason, with what was typed into it and why it was refused. */
    public record Note(String label, String typed, Optional<String> refusal) {}

    /** Shows the page that asks. */
    public void ask(ChatRequest request) {
        request.show(page(request));
    }

    public JteModel page(ChatRequest request) {
        return TEMPLATES.layoutConfirm(request.titledPage(question), request.sidebar(), this);
    }

    /** @param back the path to go back to if the request names none */
    public static Confirmation of(
            ChatRequest request, String question, String text, String button, String back, String... fields) {
        Map<String, String> hidden = new LinkedHashMap<>();
        for (String field : fields) {
            hidden.put(field, request.field(field));
        }
        hidden.put("back", request.back(back));
        return new Confirmation(
                question,
                text,
                button,
                request.site().requestedPath(request.context()),
                hidden,
                request.back(back),
                Optional.empty());
    }

    /** Returns the same question for a form that is sent to another path, with one more field. */
    public Confirmation sentTo(String path, String field, String value) {
        Map<String, String> hidden = new LinkedHashMap<>(fields);
        hidden.put(field, value);
        return new Confirmation(question, text, button, path, hidden, back, note);
    }

    /** Adds a field for a reason. */
    public Confirmation withNote(ChatRequest request, String label, Optional<String> refusal) {
        Note field = new Note(label, request.field("note"), refusal);
        return new Confirmation(question, text, button, action, fields, back, Optional.of(field));
    }
}
