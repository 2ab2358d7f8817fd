package chat.klatsch.web.account;

import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
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

/** The page on which people change their address and password, and delete their account. Thread-safe. */
public final class AccountSettingsPages {
    static final String PATH = "/settings/account";

    private final AccountSettings account;
    private final Sessions sessions;
    private final SignInThrottle signInThrottle;
    private final MailRateLimits emails;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AccountSettingsPages(
            AccountSettings account,
            Sessions sessions,
            SignInThrottle signInThrottle,
            MailRateLimits emails,
            Site site) {
        this.account = account;
        this.sessions = sessions;
        this.signInThrottle = signInThrottle;
        this.emails = emails;
        this.site = site;
    }

    public void page(Context context) {
        Html.send(context, page(context, sessions.require(context), "", Optional.empty()));
    }

    public void changeEmail(Context context) {
        change(context, "email", FlashMessage.EMAIL.at(PATH), (session, password) -> {
            EmailAddress address = new EmailAddress(field(context, "email"));
            emails.take(session.user().id(), address, context.ip());
            try {
                account.changeEmail(session, password, address);
            } catch (ChatException refusal) {
                // That somebody has an address is not to be asked without end.
                if (refusal.kind() != ChatException.Kind.TAKEN) {
                    emails.giveBack(session.user().id(), address, context.ip());
                }
                throw refusal;
            }
        });
    }

    public void changePassword(Context context) {
        change(
                context,
                "password",
                FlashMessage.PASSWORD.at(PATH),
                (session, password) ->
                        account.changePassword(session, password, new NewPassword(field(context, "new"))));
    }

    public void delete(Context context) {
        change(context, "delete", FlashMessage.DELETED.at("/login"), (session, password) -> {
            account.delete(session, password);
            sessions.forget(context);
        });
    }

    /** A change to one's own account, which asks for the password. */
    private interface Change {
        void make(Session session, String password);
    }

    private void change(Context context, String form, String next, Change change) {
        Session session = sessions.require(context);
        try {
            signInThrottle.counting(session.user().username(), context.ip(), () -> {
                change.make(session, field(context, "password"));
                return session;
            });
            context.redirect(site.path(next), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            refuse(context, session, form, refusal);
        }
    }

    /** Shows the page again, with the reason at the form that was sent. */
    void refuse(Context context, Session session, String form, ChatException refusal) {
        FormAnswers.refuse(context, refusal, () -> page(context, session, form, Optional.of(refusal.reason())));
    }

    private JteModel page(Context context, Session session, String form, Optional<String> refusal) {
        return templates.accountAccountSettings(new AccountSettingsView(
                new PageContext(site, "Your account", session.user()),
                account.contact(session),
                FlashMessage.words(context),
                field(context, "email"),
                form,
                refusal));
    }
}
