package chat.klatsch.password;

import chat.klatsch.account.PasswordHasher;
import chat.klatsch.core.ConcurrencyLimiter;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;

/**
 * Argon2id in two passes and one lane, with 19 MiB unless set otherwise, as OWASP's Password Storage Cheat Sheet has it;
 * each hash says with which parameters it was made. As many hashes
 * at once as there are processors; more people than that wait their turn, so a flood of sign-ins takes neither all
 * memory nor all of the chat's time. Thread-safe.
 */
public final class Argon2PasswordHasher implements PasswordHasher {
    private final Argon2Function argon2;
    private final ConcurrencyLimiter turns = new ConcurrencyLimiter(
            Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(20),
            "Many people are signing in just now. Please try again.",
            Duration.ofSeconds(5));

    /** @param memory in MiB */
    public Argon2PasswordHasher(int memory) {
        this.argon2 = Argon2Function.getInstance(memory * 1_024, 2, 1, 32, Argon2.ID);
    }

    @Override
    public String hash(String password) {
        return turns.take(
                () -> Password.hash(password).addRandomSalt(16).with(argon2).getResult());
    }

    @Override
    public boolean matches(String password, String hash) {
        return turns.take(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }
}
