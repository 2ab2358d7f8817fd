package chat.klatsch.web.account;

import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.FormAnswers;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forms to sign up, in and out. Thread-safe. */
public final class AccountPages {
    private static final Logger log = LoggerFactory.getLogger(AccountPages.class);

    private final AccountService accounts;
    private final EmailVerification emailVerification;
    private final MailRateLimits emails;
    private final Sessions sessions;
    private final SignInThrottle signInThrottle;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AccountPages(
            AccountService accounts,
            EmailVerification emailVerification,
            Sessions sessions,
            SignInThrottle signInThrottle,
            MailRateLimits emails,
            Site site) {
        this.accounts = accounts;
        this.emailVerification = emailVerification;
        this.emails = emails;
        this.sessions = sessions;
        this.signInThrottle = signInThrottle;
        this.site = site;
    }

    public void signUpForm(Context context) {
        showUnlessSignedIn(context, signUpPage(form(context, "username", Optional.empty())));
    }

    public void signInForm(Context context) {
        showUnlessSignedIn(context, signInPage(context, form(context, "login", Optional.empty())));
    }

    public void signUp(Context context) {
        try {
            NewAccount account = new NewAccount(
                    field(context, "username"), field(context, "password"), Optional.of(field(context, "email")));
            AccountStore.Credentials credentials = accounts.signUp(account);
            account.email()
                    .map(EmailAddress::new)
                    .ifPresent(address -> verify(credentials.user().id(), address, context.ip()));
            enter(context, credentials, ProfilePages.welcomePath(ownPath(field(context, "next"))));
        } catch (ChatException refusal) {
            FormAnswers.refuse(
                    context, refusal, () -> signUpPage(form(context, "username", Optional.of(refusal.reason()))));
        }
    }

    public void signIn(Context context) {
        try {
            String login = field(context, "login");
            String password = field(context, "password");
            enter(
                    context,
                    signInThrottle.counting(login, context.ip(), () -> accounts.signIn(login, password)),
                    ownPath(field(context, "next")));
        } catch (ChatException refusal) {
            FormAnswers.refuse(
                    context, refusal, () -> signInPage(context, form(context, "login", Optional.of(refusal.reason()))));
        }
    }

    public void signOut(Context context) {
        Optional<Session> session = sessions.of(context);
        if (context.formParam("everywhere") == null) {
            session.ifPresent(accounts::signOut);
        } else {
            session.ifPresent(accounts::signOutEverywhere);
        }
        sessions.forget(context);
        context.redirect(site.path("/login"), HttpStatus.SEE_OTHER);
    }

    private void verify(UserId user, EmailAddress address, String networkAddress) {
        try {
            emails.take(user, address, networkAddress);
            emailVerification.sendSoon(user);
        } catch (ChatException tooMany) {
            // The account is there, and its settings have a button for the letter.
            log.info("An address will not be verified yet, for too many letters have been sent");
        }
    }

    private void enter(Context context, AccountStore.Credentials credentials, String path) {
        sessions.begin(context, credentials);
        context.redirect(site.path(path), HttpStatus.SEE_OTHER);
    }

    private void showUnlessSignedIn(Context context, JteModel page) {
        if (sessions.of(context).isPresent()) {
            context.redirect(site.path(ownPath(field(context, "next"))), HttpStatus.SEE_OTHER);
        } else {
            Html.send(context, page);
        }
    }

    private JteModel signUpPage(AccountForm form) {
        return templates.accountSignup(new PageContext(site, "Sign up", null), form);
    }

    private JteModel signInPage(Context context, AccountForm form) {
        return templates.accountLogin(new PageContext(site, "Sign in", null), form, FlashMessage.words(context));
    }

    private static AccountForm form(Context context, String name, Optional<String> refusal) {
        return new AccountForm(field(context, name), field(context, "email"), ownPath(field(context, "next")), refusal);
    }

    /** A path of this site, or the front page for anything that leads elsewhere. */
    static String ownPath(String next) {
        boolean own = next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().allMatch(character -> character > ' ' && character < 127 && character != '\\');
        return own ? next : "/";
    }
}
