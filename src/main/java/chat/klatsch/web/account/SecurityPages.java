package chat.klatsch.web.account;

import static chat.klatsch.web.http.Forms.field;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.OwnAccount;
import chat.klatsch.account.SignedIn;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.FormAnswers;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** The page on which people change their address and password, and delete their account. Thread-safe. */
public final class SecurityPages {
    static final String PATH = "/settings/account";

    private final OwnAccount account;
    private final SignIns signIns;
    private final Guesses guesses;
    private final MailLimits letters;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public SecurityPages(OwnAccount account, SignIns signIns, Guesses guesses, MailLimits letters, Site site) {
        this.account = account;
        this.signIns = signIns;
        this.guesses = guesses;
        this.letters = letters;
        this.site = site;
    }

    public void page(Context context) {
        Html.send(context, page(context, signIns.require(context), "", Optional.empty()));
    }

    public void changeEmail(Context context) {
        change(context, "email", Done.EMAIL.at(PATH), (signedIn, password) -> {
            EmailAddress address = new EmailAddress(field(context, "email"));
            letters.take(signedIn.user().id(), address, context.ip());
            try {
                account.changeEmail(signedIn, password, address);
            } catch (ChatException refusal) {
                // That somebody has an address is not to be asked without end.
                if (refusal.kind() != ChatException.Kind.TAKEN) {
                    letters.giveBack(signedIn.user().id(), address, context.ip());
                }
                throw refusal;
            }
        });
    }

    public void changePassword(Context context) {
        change(
                context,
                "password",
                Done.PASSWORD.at(PATH),
                (signedIn, password) ->
                        account.changePassword(signedIn, password, new NewPassword(field(context, "new"))));
    }

    public void delete(Context context) {
        change(context, "delete", Done.DELETED.at("/login"), (signedIn, password) -> {
            account.delete(signedIn, password);
            signIns.forget(context);
        });
    }

    /** A change to one's own account, which asks for the password. */
    private interface Change {
        void make(SignedIn signedIn, String password);
    }

    private void change(Context context, String form, String next, Change change) {
        SignedIn signedIn = signIns.require(context);
        try {
            guesses.counting(signedIn.user().username(), context.ip(), () -> {
                change.make(signedIn, field(context, "password"));
                return signedIn;
            });
            context.redirect(site.path(next), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            refuse(context, signedIn, form, refusal);
        }
    }

    /** Shows the page again, with the reason at the form that was sent. */
    void refuse(Context context, SignedIn signedIn, String form, ChatException refusal) {
        FormAnswers.refuse(context, refusal, () -> page(context, signedIn, form, Optional.of(refusal.reason())));
    }

    private JteModel page(Context context, SignedIn signedIn, String form, Optional<String> refusal) {
        return templates.accountSecurity(new SecurityView(
                new Page(site, "Your account", signedIn.user()),
                account.contact(signedIn),
                Done.words(context),
                field(context, "email"),
                form,
                refusal));
    }
}
