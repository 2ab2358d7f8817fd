package chat.klatsch.host;

import chat.klatsch.account.NewAccount;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.User;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Derives usernames that the chat accepts from names that the host uses. */
public final class SafeUsername {
    private static final int MAX_LENGTH = 32;
    private static final int MIN_LENGTH = 2;
    private static final int MOST_NUMBERED = 20;
    private static final int HASH_LENGTH = 12;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9_.-]+");
    private static final Pattern EDGES = Pattern.compile("^[.-]+|[.-]+$");
    private static final Pattern ADDRESS = Pattern.compile("(.+)@[^@\\s]+");

    private SafeUsername() {}

    /**
     * Returns usernames in the order of preference: the name itself as far as the chat accepts it, the same with a number,
     * and at last one with a hash of the id, which nobody else has. Of an email address, only what is before the {@code @}
     * is used, as all users can see usernames.
     */
    public static Stream<String> candidates(String name, String id) {
        String base = base(name);
        String hash = Sha256.hex(id.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
        return Stream.of(
                        Stream.of(base),
                        IntStream.range(2, MOST_NUMBERED).mapToObj(number -> with(base, Integer.toString(number))),
                        Stream.of(with(base, hash)))
                .flatMap(same -> same);
    }

    private static String base(String name) {
        String local = ADDRESS.matcher(name.strip()).replaceFirst("$1");
        String plain = MARKS.matcher(Normalizer.normalize(local, Normalizer.Form.NFKD))
                .replaceAll("")
                .replace("ß", "ss");
        String safe = EDGES.matcher(OTHERS.matcher(plain).replaceAll("-")).replaceAll("");
        String cut = EDGES.matcher(safe.substring(0, Math.min(safe.length(), MAX_LENGTH)))
                .replaceAll("");
        boolean usable = cut.length() >= MIN_LENGTH
                && cut.chars().anyMatch(Character::isLetterOrDigit)
                && !NewAccount.comparable(cut + "-").startsWith(User.DELETED_PREFIX);
        return usable ? cut : with("user", cut.chars().anyMatch(Character::isLetterOrDigit) ? cut : "");
    }

    private static String with(String base, String suffix) {
        String end = suffix.isEmpty() ? "" : "-" + suffix;
        String cut = end.substring(0, Math.min(end.length(), MAX_LENGTH - "user".length()));
        return base.substring(0, Math.min(base.length(), MAX_LENGTH - cut.length())) + cut;
    }
}
