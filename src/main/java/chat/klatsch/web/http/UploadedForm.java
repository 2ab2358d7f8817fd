package chat.klatsch.web.http;

import chat.klatsch.core.ChatException;
import java.util.Map;
import java.util.Optional;

/**
 * A form with a file, as it was sent.
 *
 * @param fields the other fields of the form. They are kept even if the file is refused
 * @param content the file, empty if none was chosen
 * @param refusal why the file was not read
 */
public record UploadedForm(Map<String, String> fields, byte[] content, Optional<ChatException> refusal) {
    public UploadedForm {
        fields = Map.copyOf(fields);
    }

    /** Returns the form without its file. */
    UploadedForm refused(ChatException reason) {
        return new UploadedForm(fields, new byte[0], Optional.of(reason));
    }

    /** A field of the form, empty if missing. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Returns whether somebody has chosen a file. */
    public boolean hasFile() {
        return content.length > 0 || refusal.isPresent();
    }

    /** @throws ChatException if the file was not read */
    public byte[] file() {
        refusal.ifPresent(reason -> {
            throw reason;
        });
        return content;
    }
}
