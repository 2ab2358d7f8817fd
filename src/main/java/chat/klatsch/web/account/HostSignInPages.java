package chat.klatsch.web.account;

import chat.klatsch.account.AccountStore;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.HostCookie;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.http.UnsentForm;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.HostLogin;
import chat.klatsch.web.view.SignInLink;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lets the host's users in: by a link of the host, or by the host's page to sign in. Thread-safe. */
public final class HostSignInPages {
    private static final String SIGNED_OUT = "refusal.sign.in.first";

    private final HostAccounts accounts;
    private final Sessions sessions;
    private final UnsentTexts unsentTexts;
    private final StaticTemplates templates = new StaticTemplates();

    public HostSignInPages(HostAccounts accounts, Sessions sessions, UnsentTexts unsentTexts) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.unsentTexts = unsentTexts;
    }

    /** Signs in by the token in the address, or leads to the host's page unless the user is signed in. */
    public void enter(ChatRequest request) {
        Optional<String> token = request.query("token");
        SignInLink link = new SignInLink(request.site(), next(request));
        if (request.isHtmx()) {
            String address = request.site().requestedAddress(request.context());
            request.context().header("HX-Redirect", request.site().path(address));
        } else if (token.isPresent() && !request.isHead()) {
            ask(request, token.get()).ifPresentOrElse(request::show, () -> redeem(request, token.get()));
        } else if (request.isSignedIn()) {
            request.redirect(link.next());
        } else if (hasPage(request) && !request.site().isEmbedded()) {
            request.context().redirect(link.address(), HttpStatus.SEE_OTHER);
        } else {
            refuse(request, SIGNED_OUT, UnsentText.carriedBy(request));
        }
    }

    /** Returns the question to somebody else who is signed in: whoever has made a link can send it to others. */
    private Optional<JteModel> ask(ChatRequest request, String token) {
        Optional<User> current = isInFrame(request) ? Optional.empty() : sessions.current(request.context());
        return current.flatMap(signedIn -> accounts.userOf(token)
                .filter(user -> !user.id().equals(signedIn.id()))
                .map(user -> templates.accountSignInAs(
                        request.publicPage("sign.in"),
                        new SignInLink(request.site(), next(request)),
                        token,
                        signedIn,
                        user)));
    }

    /** In a frame, the page around it has chosen the link; only pages of the host can have one. */
    private static boolean isInFrame(ChatRequest request) {
        String destination = request.context().header("Sec-Fetch-Dest");
        return request.site().isEmbedded() && ("iframe".equals(destination) || "frame".equals(destination));
    }

    private void redeem(ChatRequest request, String token) {
        Optional<AccountStore.Credentials> credentials = accounts.redeem(token);
        if (credentials.isPresent()) {
            sessions.begin(request.context(), credentials.get());
            request.redirect(next(request));
        } else if (request.site().isEmbedded() && request.isSignedIn()) {
            // The browser has shown the host's page again, for example from its cache.
            request.redirect(next(request));
        } else {
            refuse(request, "refusal.link.used", UnsentText.carriedBy(request));
        }
    }

    /** Signs in by the token of somebody who has been asked. Or leads back to the page whose session had ended, with its text, or shows the text and the way to sign in. */
    public void enterWithText(ChatRequest request) {
        if (!request.form("token").isEmpty()) {
            redeem(request, request.form("token"));
            return;
        }
        boolean carried = Stream.of("text", "edited", UnsentForm.CARRIED)
                .anyMatch(field -> request.context().formParam(field) != null);
        UnsentText text = carried ? UnsentText.carriedBy(request) : UnsentText.of(request);
        Optional<User> user = sessions.current(request.context());
        if (user.isPresent()) {
            unsentTexts.enter(request, user.get(), text, next(request));
        } else {
            refuse(request, SIGNED_OUT, text);
        }
    }

    /** What the host's page gets for {@code {next}} begins with the chat's base path. */
    private static String next(ChatRequest request) {
        String next = AccountPages.next(request);
        String base = request.site().basePath();
        return next.matches(Pattern.quote(base) + "(?![^/?#]).*")
                ? SignInLink.ownPath(next.substring(base.length()))
                : next;
    }

    private static boolean hasPage(ChatRequest request) {
        return request.site()
                .hostLogin()
                .map(HostLogin::url)
                .filter(url -> !url.isEmpty())
                .isPresent();
    }

    private void refuse(ChatRequest request, String reason, UnsentText text) {
        ChatException refusal = new ChatException(ChatException.Kind.SIGNED_OUT, reason);
        request.refuse(refusal, shown -> page(request, shown.orElseThrow(), text));
    }

    private JteModel page(ChatRequest request, String reason, UnsentText text) {
        return templates.accountHostSignIn(
                request.publicPage("error.title.401"),
                new SignInLink(request.site(), next(request)),
                reason,
                text,
                UnsentForm.carriedBy(request),
                HostCookie.isOnOtherSite(request.context()));
    }
}
