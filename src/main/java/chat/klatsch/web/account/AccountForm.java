package chat.klatsch.web.account;

import java.util.Optional;

/** What somebody has typed into a form about their account, never the password, and why it was refused. */
public record AccountForm(String name, String email, String next, Optional<String> refusal) {}
