package chat.klatsch.password;

import chat.klatsch.account.PasswordHasher;
import chat.klatsch.core.ConcurrencyLimiter;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;

/**
 * Hashes with Argon2id in two passes and one lane, by default with 19 MiB, as OWASP's Password Storage Cheat Sheet
 * recommends. Each hash records its parameters, so existing hashes stay valid when they change. At most one hash per
 * processor is computed at a time, so that a flood of sign-ins cannot exhaust memory. Thread-safe.
 */
public final class Argon2PasswordHasher implements PasswordHasher {
    private final Argon2Function argon2;
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(
            Runtime.getRuntime().availableProcessors(),
            Duration.ofSeconds(20),
            "Too many users are signing in right now. Please try again.",
            Duration.ofSeconds(5));

    /** @param memory in MiB */
    public Argon2PasswordHasher(int memory) {
        this.argon2 = Argon2Function.getInstance(memory * 1_024, 2, 1, 32, Argon2.ID);
    }

    @Override
    public String hash(String password) {
        return limiter.run(
                () -> Password.hash(password).addRandomSalt(16).with(argon2).getResult());
    }

    @Override
    public boolean matches(String password, String hash) {
        return limiter.run(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }
}
