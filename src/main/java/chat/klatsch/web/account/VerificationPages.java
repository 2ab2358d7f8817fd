package chat.klatsch.web.account;

import static chat.klatsch.web.http.Forms.field;

import chat.klatsch.account.Contact;
import chat.klatsch.account.OwnAccount;
import chat.klatsch.account.SignedIn;
import chat.klatsch.account.Verification;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.FormAnswers;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/**
 * Where the link leads by which people show that an address is theirs. Opening it changes nothing, as programs that
 * look after mailboxes open every link; the button on the page does. Thread-safe.
 */
public final class VerificationPages {
    private final Verification verification;
    private final OwnAccount account;
    private final SecurityPages securityPages;
    private final SignIns signIns;
    private final MailLimits letters;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public VerificationPages(
            Verification verification,
            OwnAccount account,
            SecurityPages securityPages,
            SignIns signIns,
            MailLimits letters,
            Site site) {
        this.verification = verification;
        this.account = account;
        this.securityPages = securityPages;
        this.signIns = signIns;
        this.letters = letters;
        this.site = site;
    }

    public void form(Context context) {
        String token = field(context, "token");
        try {
            Contact contact = verification.pending(token);
            Html.send(context, templates.accountVerify(page("Confirm your address"), contact, token));
        } catch (ChatException refusal) {
            deadLink(context, refusal);
        }
    }

    public void confirm(Context context) {
        try {
            verification.confirm(field(context, "token"));
            String next = signIns.of(context).isPresent() ? SecurityPages.PATH : "/login";
            context.redirect(site.path(Done.VERIFIED.at(next)), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            deadLink(context, refusal);
        }
    }

    /** Sends the link once more. */
    public void resend(Context context) {
        SignedIn signedIn = signIns.require(context);
        Contact contact = account.contact(signedIn);
        try {
            if (contact.email().isPresent() && !contact.verified()) {
                letters.take(signedIn.user().id(), contact.email().get(), context.ip());
                verification.send(signedIn.user().id());
            }
            context.redirect(site.path(Done.SENT.at(SecurityPages.PATH)), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            securityPages.refuse(context, signedIn, "verify", refusal);
        }
    }

    private void deadLink(Context context, ChatException refusal) {
        if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
            throw refusal;
        }
        FormAnswers.refuse(
                context,
                refusal,
                () -> templates.accountDeadLink(page("Link expired"), refusal.reason(), SecurityPages.PATH));
    }

    private Page page(String title) {
        return new Page(site, title, null);
    }
}
