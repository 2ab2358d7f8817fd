package chat.klatsch.web.account;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;

/** The forms to request a password reset and to choose the new password. Thread-safe. */
public final class PasswordResetPages {
    private static final String FORGOT = "/password/forgot";

    private final PasswordReset passwordReset;
    private final MailRateLimits mailLimits;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public PasswordResetPages(PasswordReset passwordReset, MailRateLimits mailLimits, Site site) {
        this.passwordReset = passwordReset;
        this.mailLimits = mailLimits;
        this.site = site;
    }

    public void forgotForm(ChatRequest request) {
        request.show(forgotPage(request, Optional.empty()));
    }

    /** Responds alike whether or not an account has the address. */
    public void forgot(ChatRequest request) {
        request.perform(
                () -> {
                    EmailAddress email = new EmailAddress(request.field("email"));
                    mailLimits.take(email, request.ip());
                    passwordReset.send(email);
                },
                site.path(FlashMessage.FORGOT.at(FORGOT)),
                reason -> forgotPage(request, reason));
    }

    public void resetForm(ChatRequest request) {
        try {
            request.show(resetPage(request, Optional.empty()));
        } catch (ChatException refusal) {
            expiredLink(request, refusal);
        }
    }

    public void reset(ChatRequest request) {
        try {
            passwordReset.reset(request.field("token"), new NewPassword(request.field("password")));
            request.redirect(site.path(FlashMessage.RESET.at("/login")));
        } catch (ChatException refusal) {
            if (refusal.kind() == ChatException.Kind.INVALID) {
                refusePassword(request, refusal);
            } else {
                expiredLink(request, refusal);
            }
        }
    }

    private void refusePassword(ChatRequest request, ChatException refusal) {
        try {
            request.refuse(refusal, reason -> resetPage(request, reason));
        } catch (ChatException expired) {
            expiredLink(request, expired);
        }
    }

    private JteModel forgotPage(ChatRequest request, Optional<String> refusal) {
        AccountForm form = new AccountForm("", request.field("email"), "", refusal);
        return templates.accountForgot(page("Forgot your password?"), form, FlashMessage.of(request));
    }

    /** @throws ChatException NOT_FOUND for an expired link */
    private JteModel resetPage(ChatRequest request, Optional<String> refusal) {
        String token = request.field("token");
        return templates.accountReset(page("Choose a new password"), passwordReset.pending(token), token, refusal);
    }

    private void expiredLink(ChatRequest request, ChatException refusal) {
        if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
            throw refusal;
        }
        request.refuse(refusal, reason -> templates.accountExpiredLink(page("Link expired"), refusal.reason(), FORGOT));
    }

    private PageContext page(String title) {
        return new PageContext(site, title, null);
    }
}
