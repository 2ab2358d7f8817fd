package chat.klatsch.account;

import java.time.Duration;

/** What a link in a letter is good for, once, and for how long. */
public enum TokenPurpose {
    /** To show that an address is one's own. */
    VERIFY(Duration.ofHours(24)),
    /** To choose a new password without the old one. */
    RESET(Duration.ofHours(1));

    private final Duration lifetime;

    TokenPurpose(Duration lifetime) {
        this.lifetime = lifetime;
    }

    public Duration lifetime() {
        return lifetime;
    }
}
