package chat.klatsch.web.account;

import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of a room's page, which sends the fields of all its forms in one request. Only their order tells which belong
 * together: the text of a message follows its key, and that of an edit the message's number.
 */
final class PageForms {
    private final List<String> bodies = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<UnsentText.Edit> edits = new ArrayList<>();
    private String key = "";
    private String seq = "";

    PageForms(ChatRequest request) {
        for (String field : request.context().body().split("&")) {
            int end = field.indexOf('=');
            if (end > 0) {
                add(decoded(field.substring(0, end)), decoded(field.substring(end + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Json.malformed();
        }
    }

    private void add(String name, String value) {
        switch (name) {
            case "key" -> key = value;
            case "seq" -> seq = value;
            case "body" -> {
                addText(value.replace("\r\n", "\n"));
                key = "";
                seq = "";
            }
            default -> {}
        }
    }

    private void addText(String text) {
        if (!text.isBlank() && seq.isEmpty()) {
            bodies.add(text);
            keys.add(key);
        } else if (!text.isBlank()) {
            edits.add(new UnsentText.Edit(Json.number(seq), text));
        }
    }

    /** Returns the texts of the composer and of messages that could not be sent. */
    List<String> bodies() {
        return bodies;
    }

    /** Returns the keys of the forms that these texts are from. */
    List<String> keys() {
        return keys;
    }

    List<UnsentText.Edit> edits() {
        return edits;
    }
}
