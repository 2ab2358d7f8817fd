package chat.klatsch.web.account;

import chat.klatsch.account.AccountStore;
import chat.klatsch.web.http.HostCookie;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises the browsers from which somebody has signed in to an account before, by a cookie that outlives the session. It
 * opens nothing: it only exempts the browser from the limits that other people's wrong passwords use up. Thread-safe.
 */
public final class KnownDevices {
    /** The number of accounts that a browser remembers. */
    private static final int ACCOUNTS = 5;

    private static final String SEPARATOR = ".";
    private static final Duration LIFETIME = Duration.ofDays(365);

    private final HostCookie cookie;

    /** @param cookie a cookie of their own */
    public KnownDevices(HostCookie cookie) {
        this.cookie = cookie;
    }

    /** Returns whether the browser remembers any account. */
    boolean remembersAny(Context context) {
        return !tokens(context).isEmpty();
    }

    /** Returns the browser's token for this account. */
    Optional<DeviceToken> find(Context context, AccountStore.Credentials credentials) {
        return tokens(context).stream()
                .filter(token -> token.isFor(credentials))
                .findFirst();
    }

    /** Makes the browser remember an account. Forgets the one that it has not used for longest, if there are too many. */
    void remember(Context context, AccountStore.Credentials credentials) {
        DeviceToken own = find(context, credentials).orElseGet(() -> DeviceToken.issue(credentials));
        Stream<DeviceToken> others = tokens(context).stream().filter(token -> !token.equals(own));
        String value = Stream.concat(Stream.of(own), others)
                .limit(ACCOUNTS)
                .map(DeviceToken::value)
                .collect(Collectors.joining(SEPARATOR));
        cookie.set(context, value, (int) LIFETIME.toSeconds());
    }

    private List<DeviceToken> tokens(Context context) {
        return cookie.value(context).stream()
                .flatMap(value -> Arrays.stream(value.split("\\" + SEPARATOR)))
                .filter(value -> !value.isEmpty())
                .limit(ACCOUNTS)
                .map(DeviceToken::new)
                .toList();
    }
}
