package chat.klatsch.web.account;

import chat.klatsch.account.Accounts;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.SignedIn;
import chat.klatsch.room.ChatException;
import chat.klatsch.room.User;
import chat.klatsch.web.Errors;
import chat.klatsch.web.Html;
import chat.klatsch.web.Page;
import chat.klatsch.web.Site;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The forms to sign up, in and out. Thread-safe. */
public final class AccountPages {
    private final Accounts accounts;
    private final SignIns signIns;
    private final Guesses guesses;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AccountPages(Accounts accounts, SignIns signIns, Guesses guesses, Site site) {
        this.accounts = accounts;
        this.signIns = signIns;
        this.guesses = guesses;
        this.site = site;
    }

    public void signUpForm(Context context) {
        showUnlessSignedIn(context, signUpPage(form(context, "username", Optional.empty())));
    }

    public void signInForm(Context context) {
        showUnlessSignedIn(context, signInPage(form(context, "login", Optional.empty())));
    }

    public void signUp(Context context) {
        try {
            User user = accounts.signUp(new NewAccount(
                    field(context, "username"), field(context, "password"), Optional.of(field(context, "email"))));
            enter(context, user);
        } catch (ChatException refusal) {
            refuse(context, refusal, () -> signUpPage(form(context, "username", Optional.of(refusal.reason()))));
        }
    }

    public void signIn(Context context) {
        try {
            String login = field(context, "login");
            String password = field(context, "password");
            enter(context, guesses.counting(login, context.ip(), () -> accounts.signIn(login, password)));
        } catch (ChatException refusal) {
            refuse(context, refusal, () -> signInPage(form(context, "login", Optional.of(refusal.reason()))));
        }
    }

    public void signOut(Context context) {
        Optional<SignedIn> signedIn = signIns.of(context);
        if (context.formParam("everywhere") == null) {
            signedIn.ifPresent(accounts::signOut);
        } else {
            signedIn.ifPresent(accounts::signOutEverywhere);
        }
        signIns.forget(context);
        context.redirect(site.path("/login"), HttpStatus.SEE_OTHER);
    }

    private void enter(Context context, User user) {
        signIns.begin(context, user);
        context.redirect(site.path(ownPath(field(context, "next"))), HttpStatus.SEE_OTHER);
    }

    private void showUnlessSignedIn(Context context, JteModel page) {
        if (signIns.of(context).isPresent()) {
            context.redirect(site.path(ownPath(field(context, "next"))), HttpStatus.SEE_OTHER);
        } else {
            Html.send(context, page);
        }
    }

    private void refuse(Context context, ChatException refusal, Supplier<JteModel> page) {
        if (Errors.wantsJson(context)) {
            throw refusal;
        }
        context.status(Errors.status(refusal.kind()));
        Errors.retryLater(refusal, context);
        Html.send(context, page.get());
    }

    private JteModel signUpPage(AccountForm form) {
        return templates.accountSignup(new Page(site, "Sign up", null), form);
    }

    private JteModel signInPage(AccountForm form) {
        return templates.accountLogin(new Page(site, "Sign in", null), form);
    }

    private static AccountForm form(Context context, String name, Optional<String> refusal) {
        return new AccountForm(field(context, name), field(context, "email"), ownPath(field(context, "next")), refusal);
    }

    private static String field(Context context, String name) {
        String inForm = context.formParam(name);
        return Objects.requireNonNullElse(inForm != null ? inForm : context.queryParam(name), "");
    }

    /** A path of this site, or the front page for anything that leads elsewhere. */
    private static String ownPath(String next) {
        boolean own = next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().allMatch(character -> character > ' ' && character < 127 && character != '\\');
        return own ? next : "/";
    }
}
