package chat.klatsch.web.account;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What somebody has typed into a form about their account, never the password, and why it was refused. */
public record AccountForm(String name, String email, String next, Optional<String> refusal) {
    /** What leads to another form that goes on to the same place. */
    public String query() {
        return "/".equals(next) ? "" : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
}
