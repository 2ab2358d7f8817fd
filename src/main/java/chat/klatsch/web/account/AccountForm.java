package chat.klatsch.web.account;

import chat.klatsch.web.http.ChatRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A form about an account as it was filled in, except for the password, and the reason for its refusal. */
public record AccountForm(String name, String email, String next, Optional<String> refusal) {
    /** @param name the field with the username */
    static AccountForm of(ChatRequest request, String name, Optional<String> refusal) {
        return new AccountForm(request.field(name), request.field("email"), AccountPages.next(request), refusal);
    }

    /** The query that leads to another form with the same next path. */
    public String query() {
        return "/".equals(next) ? "" : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
