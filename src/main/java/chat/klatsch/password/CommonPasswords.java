package chat.klatsch.password;

import chat.klatsch.account.PasswordStrength;
import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Recognises passwords that zxcvbn finds within as many guesses as its list of the most used passwords has entries: those in
 * the list, simple variations of them, repeated and neighbouring keys, and the user's name with a number. Thread-safe.
 */
public final class CommonPasswords implements PasswordStrength {
    private static final double GUESSES = 30_000;

    /**
     * The time to examine a password grows fast with its length, and the longest ones in the list are shorter. A longer
     * password is weak if its start is.
     */
    private static final int EXAMINED_LENGTH = 24;

    /** Loads the list, which takes 3 MB, when the first password is examined. */
    private static final class Loaded {
        static final Zxcvbn ZXCVBN = load();

        private static Zxcvbn load() {
            try {
                return new ZxcvbnBuilder()
                        .dictionary(StandardDictionaries.PASSWORDS_LOADER.load())
                        .keyboards(StandardKeyboards.loadAllKeyboards())
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean isWeak(String password, List<String> names) {
        String start = password.substring(0, Math.min(EXAMINED_LENGTH, password.length()));
        return Loaded.ZXCVBN.measure(start, names).getGuesses() <= GUESSES;
    }
}
