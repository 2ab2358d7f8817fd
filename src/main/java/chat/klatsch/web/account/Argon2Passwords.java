package chat.klatsch.web.account;

import chat.klatsch.account.Passwords;
import chat.klatsch.room.ChatException;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Argon2id in two passes and one lane, with 19 MiB unless set otherwise, as OWASP's Password Storage Cheat Sheet has it;
 * each hash says with which parameters it was made. As many hashes
 * at once as there are processors; more people than that wait their turn, so a flood of sign-ins takes neither all
 * memory nor all of the chat's time. Thread-safe.
 */
public final class Argon2Passwords implements Passwords {
    private static final int PATIENCE_SECONDS = 20;

    private final Argon2Function argon2;
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /** @param memory in MiB */
    public Argon2Passwords(int memory) {
        this.argon2 = Argon2Function.getInstance(memory * 1_024, 2, 1, 32, Argon2.ID);
    }

    @Override
    public String hash(String password) {
        return inTurn(
                () -> Password.hash(password).addRandomSalt(16).with(argon2).getResult());
    }

    @Override
    public boolean matches(String password, String hash) {
        return inTurn(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private static ChatException busy() {
        return new ChatException(
                ChatException.Kind.UNAVAILABLE,
                "Many people are signing in just now. Please try again.",
                Duration.ofSeconds(5));
    }
}
