package chat.klatsch.web.account;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Requester;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Sessions;
import java.util.Optional;

/** Checks the passwords of people without a session, and starts their sessions. Thread-safe. */
public final class SignIns {
    private static final int MAX_LOGIN_LENGTH = 254;

    private final AccountService accounts;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final SignInThrottle throttle;

    public SignIns(AccountService accounts, Sessions sessions, KnownDevices devices, SignInThrottle throttle) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.devices = devices;
        this.throttle = throttle;
    }

    /** Returns the user's credentials. @throws ChatException SIGNED_OUT for a wrong password, TOO_MANY after too many */
    AccountStore.Credentials check(ChatRequest request, String login, String password) {
        Optional<DeviceToken> device = device(request, login);
        if (device.isPresent()) {
            Requester known = requester(request, login, Requester.Rank.KNOWN);
            return throttle.ofDevice(device.get(), () -> accounts.signIn(login, password, known));
        }
        Requester stranger = requester(request, login, Requester.Rank.SIGN_IN);
        return throttle.ofStranger(stranger, () -> accounts.signIn(login, password, stranger));
    }

    /** Starts a session, and remembers the device. */
    void begin(ChatRequest request, AccountStore.Credentials credentials) {
        sessions.begin(request.context(), credentials);
        devices.remember(request.context(), credentials);
    }

    private Optional<DeviceToken> device(ChatRequest request, String login) {
        return devices.remembersAny(request.context())
                ? accounts.credentials(login).flatMap(credentials -> devices.find(request.context(), credentials))
                : Optional.empty();
    }

    static Requester requester(ChatRequest request, String login, Requester.Rank rank) {
        String account = NewAccount.comparable(login.substring(0, Math.min(login.length(), MAX_LOGIN_LENGTH)));
        return new Requester(request.network().prefix(), account, rank);
    }
}
