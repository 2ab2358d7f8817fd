package chat.klatsch.password;

import chat.klatsch.account.PasswordHasher;
import chat.klatsch.account.Requester;
import com.password4j.Argon2Function;
import com.password4j.Hash;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hashes with Argon2id in two passes and one lane, by default with 19 MiB, as OWASP's Password Storage Cheat Sheet
 * recommends. Each hash records its parameters, so existing hashes stay valid when they change. One processor is
 * left to all other work, if there are several. At a time, as many hashes are made as fit into a quarter of the memory, and at
 * least one. Thread-safe.
 */
public final class Argon2PasswordHasher implements PasswordHasher, AutoCloseable {
    private static final int SHARE_OF_MEMORY = 4;
    private static final long MEBIBYTE = 1_048_576;

    private static final Pattern ENCODED =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

    /** The name as the library writes it in a Turkish locale, where it cannot read its hashes of other locales. */
    private static final String DOTLESS = "argon2\u0131";

    private final Argon2Function argon2;
    private final HashQueue queue;

    /** Returns whether one hash leaves half of the JVM's memory to all other work. @param memory in MiB */
    public static boolean fits(int memory) {
        return memory * 2L * MEBIBYTE <= Runtime.getRuntime().maxMemory();
    }

    /** @param memory in MiB */
    public Argon2PasswordHasher(int memory) {
        this.argon2 = Argon2Function.getInstance(memory * 1_024, 2, 1, 32, Argon2.ID);
        int processors = Runtime.getRuntime().availableProcessors() - 1;
        long fitting = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / (memory * MEBIBYTE);
        this.queue = new HashQueue((int) Math.max(1, Math.min(processors, fitting)));
    }

    @Override
    public String hash(String password, Requester requester) {
        Hash hash = queue.run(
                requester, () -> Password.hash(password).addRandomSalt(16).with(argon2));
        return hash.getResult().replace(DOTLESS, "argon2i");
    }

    @Override
    public boolean matches(String password, String hash, Requester requester) {
        Matcher parts = ENCODED.matcher(hash.replace(DOTLESS, "argon2i"));
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not an Argon2id hash");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        Argon2Function function = Argon2Function.getInstance(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length,
                Argon2.ID);
        byte[] actual = queue.run(requester, () -> function.hash(password.getBytes(StandardCharsets.UTF_8), salt))
                .getBytes();
        return MessageDigest.isEqual(expected, actual);
    }

    @Override
    public void close() {
        queue.close();
    }
}
