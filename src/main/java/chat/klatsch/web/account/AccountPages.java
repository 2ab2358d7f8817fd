package chat.klatsch.web.account;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.http.UnsentForm;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.SignInLink;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;

/** The forms to sign in and out. Thread-safe. */
public final class AccountPages {
    private final AccountService accounts;
    private final Sessions sessions;
    private final SignIns signIns;
    private final SignUpPermission signUpPermission;
    private final UnsentTexts unsentTexts;
    private final StaticTemplates templates = new StaticTemplates();

    public AccountPages(
            AccountService accounts,
            Sessions sessions,
            SignIns signIns,
            SignUpPermission signUpPermission,
            UnsentTexts unsentTexts) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.signIns = signIns;
        this.signUpPermission = signUpPermission;
        this.unsentTexts = unsentTexts;
    }

    public void signInForm(ChatRequest request) {
        if (request.isHtmx()) {
            String address = request.site().requestedAddress(request.context());
            request.context().header("HX-Redirect", request.site().path(address));
        } else if (request.isSignedIn()) {
            request.redirect(next(request));
        } else if (signUpPermission.isFirst()) {
            request.redirect("/signup");
        } else {
            request.show(signInPage(request, UnsentText.carriedBy(request), Optional.empty()));
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

    public void signIn(ChatRequest request) {
        try {
            AccountStore.Credentials credentials =
                    signIns.check(request, request.field("login"), request.field("password"));
            signIns.begin(request, credentials);
            unsentTexts.enter(request, credentials.user(), UnsentText.carriedBy(request), next(request));
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> signInPage(request, UnsentText.carriedBy(request), reason));
        }
    }

    public void signOut(ChatRequest request) {
        Optional<Session> session = sessions.of(request.context());
        boolean everywhere = request.context().formParam("everywhere") != null;
        session.ifPresent(everywhere ? known -> accounts.signOutEverywhere(known.user()) : accounts::signOut);
        sessions.forget(request.context());
        request.redirect(everywhere ? FlashMessage.SIGNED_OUT.at("/login") : "/login");
    }

    private JteModel signInPage(ChatRequest request, UnsentText text, Optional<String> refusal) {
        return templates.accountLogin(
                request.publicPage("sign.in"),
                AccountForm.of(request, "login", refusal),
                text,
                UnsentForm.carriedBy(request),
                signUpPermission.invitation(request),
                !signUpPermission.isRefused(request));
    }

    /** The path to go to next: of a form, too, the address comes first, because that of a page's button says where the page is. */
    static String next(ChatRequest request) {
        return SignInLink.ownPath(request.query("next").orElseGet(() -> request.form("next")));
    }
}
