package chat.klatsch.web.account;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.http.UnsentForm;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forms to sign up, in and out. Thread-safe. */
public final class AccountPages {
    private static final Logger log = LoggerFactory.getLogger(AccountPages.class);

    private final AccountService accounts;
    private final EmailVerification emailVerification;
    private final Sessions sessions;
    private final SignInThrottle signInThrottle;
    private final MailRateLimits mailLimits;
    private final UnsentTexts unsentTexts;
    private final StaticTemplates templates = new StaticTemplates();

    public AccountPages(
            AccountService accounts,
            EmailVerification emailVerification,
            Sessions sessions,
            SignInThrottle signInThrottle,
            MailRateLimits mailLimits,
            UnsentTexts unsentTexts) {
        this.accounts = accounts;
        this.emailVerification = emailVerification;
        this.sessions = sessions;
        this.signInThrottle = signInThrottle;
        this.mailLimits = mailLimits;
        this.unsentTexts = unsentTexts;
    }

    public void signUpForm(ChatRequest request) {
        showUnlessSignedIn(request, signUpPage(request, Optional.empty()));
    }

    public void signInForm(ChatRequest request) {
        if (request.isHtmx()) {
            String address = request.site().requestedAddress(request.context());
            request.context().header("HX-Redirect", request.site().path(address));
        } else {
            showUnlessSignedIn(request, signInPage(request, UnsentText.carriedBy(request), Optional.empty()));
        }
    }

    /** The form to sign in again, with the text on the page whose session has ended. */
    public void signInFormWithText(ChatRequest request) {
        UnsentText text = UnsentText.of(request);
        Optional<User> user = sessions.current(request.context());
        if (user.isPresent()) {
            unsentTexts.enter(request, user.get(), text, next(request));
        } else {
            request.show(signInPage(request, text, Optional.empty()));
        }
    }

    public void signUp(ChatRequest request) {
        try {
            NewAccount account = new NewAccount(
                    request.field("username"), request.field("password"), Optional.of(request.field("email")));
            enter(request, signUp(request, account), ProfilePages.welcomePath(next(request)));
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> signUpPage(request, reason));
        }
    }

    /** Creates the account, or signs in with the password of the one that the same form has created. */
    private AccountStore.Credentials signUp(ChatRequest request, NewAccount account) {
        try {
            AccountStore.Credentials created = request.once("", () -> accounts.signUp(account));
            account.email()
                    .map(EmailAddress::new)
                    .ifPresent(email -> verify(created.user().id(), email, request.ip()));
            return created;
        } catch (RepeatedRequestException repeated) {
            return signIn(account.username(), account.password(), request);
        }
    }

    public void signIn(ChatRequest request) {
        try {
            AccountStore.Credentials credentials = signIn(request.field("login"), request.field("password"), request);
            sessions.begin(request.context(), credentials);
            unsentTexts.enter(request, credentials.user(), UnsentText.carriedBy(request), next(request));
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> signInPage(request, UnsentText.carriedBy(request), reason));
        }
    }

    private AccountStore.Credentials signIn(String login, String password, ChatRequest request) {
        return signInThrottle.counting(login, request.ip(), () -> accounts.signIn(login, password));
    }

    public void signOut(ChatRequest request) {
        Optional<Session> session = sessions.of(request.context());
        if (request.context().formParam("everywhere") == null) {
            session.ifPresent(accounts::signOut);
        } else {
            session.ifPresent(accounts::signOutEverywhere);
        }
        sessions.forget(request.context());
        request.redirect("/login");
    }

    private void verify(UserId user, EmailAddress email, String ip) {
        try {
            mailLimits.take(user, email, ip);
            emailVerification.sendAsync(user);
        } catch (ChatException tooMany) {
            // The account exists, and its settings page can send the email later.
            log.info("A verification email was not sent because of the rate limit");
        }
    }

    private void enter(ChatRequest request, AccountStore.Credentials credentials, String path) {
        sessions.begin(request.context(), credentials);
        request.redirect(path);
    }

    private void showUnlessSignedIn(ChatRequest request, JteModel page) {
        if (request.isSignedIn()) {
            request.redirect(next(request));
        } else {
            request.show(page);
        }
    }

    private JteModel signUpPage(ChatRequest request, Optional<String> refusal) {
        return templates.accountSignup(request.publicPage("Sign up"), form(request, "username", refusal));
    }

    private JteModel signInPage(ChatRequest request, UnsentText text, Optional<String> refusal) {
        return templates.accountLogin(
                request.publicPage("Sign in"),
                form(request, "login", refusal),
                FlashMessage.of(request),
                text,
                UnsentForm.carriedBy(request));
    }

    private static AccountForm form(ChatRequest request, String name, Optional<String> refusal) {
        return new AccountForm(request.field(name), request.field("email"), next(request), refusal);
    }

    /** The path to go to next. */
    static String next(ChatRequest request) {
        // The address of a page's button says where the page is.
        return SignInLink.ownPath(request.query("next").orElseGet(() -> request.form("next")));
    }
}
