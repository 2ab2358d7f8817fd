package chat.klatsch;

import chat.klatsch.host.HostAccount;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.web.IdentityHeader;
import chat.klatsch.web.TrustedProxies;
import chat.klatsch.web.host.HostAccess;
import chat.klatsch.web.host.HostRequests;
import chat.klatsch.web.view.HostLogin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The source of the users: the chat itself, or the application or the proxy around it.
 *
 * @param users recognises the users of the application in each request
 * @param loginUrl the application's page to sign in, if the users are the application's
 * @param header names the users if a proxy knows them
 * @param operators the users in that header who are operators
 */
record UserSettings(
        Optional<HostUsers> users, Optional<String> loginUrl, Optional<String> header, List<String> operators) {
    /** The chat has accounts of its own. */
    UserSettings() {
        this(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    UserSettings by(HostUsers users, String loginUrl) {
        return new UserSettings(Optional.of(users), Optional.of(page(loginUrl)), Optional.empty(), operators);
    }

    UserSettings byLinks(String loginUrl) {
        return new UserSettings(Optional.empty(), Optional.of(page(loginUrl)), Optional.empty(), operators);
    }

    UserSettings withHeader(String header) {
        return new UserSettings(Optional.empty(), Optional.empty(), Optional.of(header), operators);
    }

    UserSettings withOperators(List<String> operators) {
        List<String> names = operators.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new UserSettings(users, loginUrl, header, names);
    }

    private static String page(String loginUrl) {
        requirePage(loginUrl, "a page to sign in looks like /login or https://example.org/login");
        return loginUrl;
    }

    /** @throws IllegalArgumentException for anything but a URL of a page or a path on the same host */
    static void requirePage(String url, String rule) {
        if (!url.matches("(https?://[^\\s/]+|/)\\S*") || url.matches("[/\\\\]{2}.*")) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Returns whether links sign the users in. */
    boolean isByLinks() {
        return login().isPresent() && users.isEmpty() && header.isEmpty();
    }

    /** Returns how the users sign in, if not to the chat. */
    Optional<HostLogin> login() {
        return loginUrl.map(url -> new HostLogin(url, true)).or(() -> header.map(proxy -> new HostLogin("", false)));
    }

    /** @throws IllegalArgumentException if a header is to be believed from nobody */
    Optional<IdentityHeader> identityHeader(TrustedProxies proxies) {
        if (header.isPresent() && proxies.isEmpty()) {
            throw new IllegalArgumentException("--identity-header needs --trusted-proxies, which alone are believed");
        }
        return header.map(name -> new IdentityHeader(name, proxies));
    }

    /** Returns how the users come in, if not by accounts of the chat. */
    Optional<HostAccess> access(HostAccounts accounts, Executor executor) {
        Optional<HostRequests.Users> asked = users.<HostRequests.Users>map(
                        host -> request -> host.of(request).map(HostUser::account))
                .or(() -> header.map(
                        name -> request -> IdentityHeader.user(request, name).map(this::account)));
        return login().map(host -> new HostAccess(
                accounts, asked.map(known -> new HostRequests(known, header.isPresent(), accounts, executor))));
    }

    /** A user whose only name is the one in the header. An email address is not shown to others. */
    private HostAccount account(String name) {
        return new HostAccount(
                name,
                name,
                name.contains("@") ? Optional.empty() : HostAccount.displayName(name),
                operators.contains(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
