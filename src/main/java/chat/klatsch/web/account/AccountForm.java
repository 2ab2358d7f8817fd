package chat.klatsch.web.account;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A form about an account as it was filled in, except for the password, and the reason for its refusal. */
public record AccountForm(String name, String email, String next, Optional<String> refusal) {
    /** The query that leads to another form with the same next path. */
    public String query() {
        return "/".equals(next) ? "" : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
