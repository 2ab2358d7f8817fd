package chat.klatsch.account;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides who may create an account. The first account becomes an operator. Where others can reach the chat, it therefore
 * takes a code that only the log contains. Each node has a code of its own, and each is valid on all nodes. Thread-safe.
 */
public final class SignUpRules {
    private final SignUpMode mode;
    private final boolean exposed;
    private final AccountStore store;
    private final Clock clock;

    /** Remembered, as a chat never loses its last operator. */
    private volatile boolean hasOperator;

    /** @param exposed whether others than the users of this machine may reach the chat */
    public SignUpRules(SignUpMode mode, boolean exposed, AccountStore store, Clock clock) {
        this.mode = mode;
        this.exposed = exposed;
        this.store = store;
        this.clock = clock;
    }

    /** Returns a new code for the first account, if it takes one. */
    public Optional<String> issueCode() {
        if (!exposed || hasOperator()) {
            return Optional.empty();
        }
        Token code = Token.random();
        store.addSetupCode(code.digest(), clock.instant());
        return Optional.of(code.value());
    }

    /** Returns whether the next account is the first one, whose user becomes the operator. */
    public boolean isFirst() {
        return !hasOperator();
    }

    /**
     * Returns why this person may not create an account, or nothing.
     *
     * @param code the code for the first account, or any other text
     * @param invited whether the person has a valid invitation
     */
    public Optional<String> refusal(String code, BooleanSupplier invited) {
        if (!hasOperator()) {
            return !exposed || store.isSetupCode(new Token(code).digest())
                    ? Optional.empty()
                    : Optional.of("refusal.setup.elsewhere");
        }
        return switch (mode) {
            case OPEN -> Optional.empty();
            case INVITED -> invited.getAsBoolean() ? Optional.empty() : Optional.of("refusal.invitation.needed");
            case CLOSED -> Optional.of("refusal.sign.up.closed");
        };
    }

    private boolean hasOperator() {
        hasOperator = hasOperator || store.hasOperator();
        return hasOperator;
    }
}
