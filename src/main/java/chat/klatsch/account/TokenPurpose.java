package chat.klatsch.account;

import java.time.Duration;

/** The single use of a one-time token, and its lifetime. */
public enum TokenPurpose {
    /** Verifies an email address. */
    VERIFY(Duration.ofHours(24)),
    /** Sets a new password without the old one. */
    RESET(Duration.ofHours(1)),
    /** Opens a session of a user whom the host has signed in. */
    SIGN_IN(Duration.ofMinutes(1));

    private final Duration lifetime;

    TokenPurpose(Duration lifetime) {
        this.lifetime = lifetime;
    }

    public Duration lifetime() {
        return lifetime;
    }
}
