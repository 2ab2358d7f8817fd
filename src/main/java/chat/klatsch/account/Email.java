package chat.klatsch.account;

/** An e-mail from the chat to one person, in plain text. */
public record Email(EmailAddress to, String subject, String body) {
    /** @throws IllegalArgumentException for a subject of several lines */
    public Email {
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject is one line");
        }
    }
}
