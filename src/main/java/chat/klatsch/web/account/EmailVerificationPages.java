package chat.klatsch.web.account;

import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.Contact;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.templates.StaticTemplates;

/**
 * Verification of email addresses by a link. Opening the link changes nothing, as mail scanners open every link; the
 * button on the page does. Thread-safe.
 */
public final class EmailVerificationPages {
    private final EmailVerification emailVerification;
    private final AccountSettings account;
    private final AccountSettingsPages accountSettingsPages;
    private final MailRateLimits mailLimits;
    private final StaticTemplates templates = new StaticTemplates();

    public EmailVerificationPages(
            EmailVerification emailVerification,
            AccountSettings account,
            AccountSettingsPages accountSettingsPages,
            MailRateLimits mailLimits) {
        this.emailVerification = emailVerification;
        this.account = account;
        this.accountSettingsPages = accountSettingsPages;
        this.mailLimits = mailLimits;
    }

    public void form(ChatRequest request) {
        String token = request.field("token");
        try {
            Contact contact = emailVerification.contactOf(token);
            request.show(templates.accountVerify(request.publicPage("verify.title"), contact, token));
        } catch (ChatException refusal) {
            expiredLink(request, refusal);
        }
    }

    public void confirm(ChatRequest request) {
        try {
            String next = request.isSignedIn() ? AccountSettingsPages.PATH : "/login";
            request.once(() -> emailVerification.confirm(request.field("token")), FlashMessage.VERIFIED.at(next));
        } catch (ChatException refusal) {
            expiredLink(request, refusal);
        }
    }

    /** Sends the link again. */
    public void resend(ChatRequest request) {
        UserId user = request.user().id();
        Contact contact = account.contact(request.session());
        request.perform(
                () -> {
                    if (contact.email().isPresent() && !contact.verified()) {
                        mailLimits.take(user, contact.email().get(), request.network());
                        emailVerification.send(user, request.site().texts());
                    }
                },
                FlashMessage.SENT.at(AccountSettingsPages.PATH),
                reason -> accountSettingsPages.page(request, "verify", reason));
    }

    private void expiredLink(ChatRequest request, ChatException refusal) {
        if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
            throw refusal;
        }
        request.refuse(
                refusal,
                reason -> templates.accountExpiredLink(
                        request.publicPage("link.expired"), reason.orElseThrow(), AccountSettingsPages.PATH));
    }
}
