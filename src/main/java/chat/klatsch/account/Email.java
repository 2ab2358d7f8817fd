package chat.klatsch.account;

/** A plain-text email from the chat to one user. */
public record Email(EmailAddress to, String subject, String body) {
    /** @throws IllegalArgumentException for a subject with control characters, such as a line break */
    public Email {
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject must be a single line");
        }
    }
}
