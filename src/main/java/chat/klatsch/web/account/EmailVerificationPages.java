package chat.klatsch.web.account;

import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.FormAnswers;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/**
 * Where the link leads by which people show that an address is theirs. Opening it changes nothing, as programs that
 * look after mailboxes open every link; the button on the page does. Thread-safe.
 */
public final class EmailVerificationPages {
    private final EmailVerification emailVerification;
    private final AccountSettings account;
    private final AccountSettingsPages accountSettingsPages;
    private final Sessions sessions;
    private final MailRateLimits emails;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public EmailVerificationPages(
            EmailVerification emailVerification,
            AccountSettings account,
            AccountSettingsPages accountSettingsPages,
            Sessions sessions,
            MailRateLimits emails,
            Site site) {
        this.emailVerification = emailVerification;
        this.account = account;
        this.accountSettingsPages = accountSettingsPages;
        this.sessions = sessions;
        this.emails = emails;
        this.site = site;
    }

    public void form(Context context) {
        String token = field(context, "token");
        try {
            Contact contact = emailVerification.pending(token);
            Html.send(context, templates.accountVerify(page("Confirm your address"), contact, token));
        } catch (ChatException refusal) {
            deadLink(context, refusal);
        }
    }

    public void confirm(Context context) {
        try {
            emailVerification.confirm(field(context, "token"));
            String next = sessions.of(context).isPresent() ? AccountSettingsPages.PATH : "/login";
            context.redirect(site.path(FlashMessage.VERIFIED.at(next)), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            deadLink(context, refusal);
        }
    }

    /** Sends the link once more. */
    public void resend(Context context) {
        Session session = sessions.require(context);
        Contact contact = account.contact(session);
        try {
            if (contact.email().isPresent() && !contact.verified()) {
                emails.take(session.user().id(), contact.email().get(), context.ip());
                emailVerification.send(session.user().id());
            }
            context.redirect(site.path(FlashMessage.SENT.at(AccountSettingsPages.PATH)), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            accountSettingsPages.refuse(context, session, "verify", refusal);
        }
    }

    private void deadLink(Context context, ChatException refusal) {
        if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
            throw refusal;
        }
        FormAnswers.refuse(
                context,
                refusal,
                () -> templates.accountExpiredLink(page("Link expired"), refusal.reason(), AccountSettingsPages.PATH));
    }

    private PageContext page(String title) {
        return new PageContext(site, title, null);
    }
}
