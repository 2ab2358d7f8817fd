package chat.klatsch.web.account;

import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.FormAnswers;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** The forms of people who have forgotten their password. Thread-safe. */
public final class PasswordResetPages {
    private static final String FORGOT = "/password/forgot";

    private final PasswordReset passwordReset;
    private final MailRateLimits emails;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public PasswordResetPages(PasswordReset passwordReset, MailRateLimits emails, Site site) {
        this.passwordReset = passwordReset;
        this.emails = emails;
        this.site = site;
    }

    public void forgotForm(Context context) {
        Html.send(context, forgotPage(context, Optional.empty()));
    }

    /** Answers alike whether or not somebody has the address. */
    public void forgot(Context context) {
        try {
            EmailAddress address = new EmailAddress(field(context, "email"));
            emails.take(address, context.ip());
            passwordReset.send(address);
            context.redirect(site.path(FlashMessage.FORGOT.at(FORGOT)), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            FormAnswers.refuse(context, refusal, () -> forgotPage(context, Optional.of(refusal.reason())));
        }
    }

    public void resetForm(Context context) {
        try {
            Html.send(context, resetPage(context, Optional.empty()));
        } catch (ChatException refusal) {
            deadLink(context, refusal);
        }
    }

    public void reset(Context context) {
        try {
            passwordReset.reset(field(context, "token"), new NewPassword(field(context, "password")));
            context.redirect(site.path(FlashMessage.RESET.at("/login")), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            if (refusal.kind() == ChatException.Kind.INVALID) {
                refuseReset(context, refusal);
            } else {
                deadLink(context, refusal);
            }
        }
    }

    private void refuseReset(Context context, ChatException refusal) {
        try {
            FormAnswers.refuse(context, refusal, () -> resetPage(context, Optional.of(refusal.reason())));
        } catch (ChatException dead) {
            deadLink(context, dead);
        }
    }

    private JteModel forgotPage(Context context, Optional<String> refusal) {
        AccountForm form = new AccountForm("", field(context, "email"), "", refusal);
        return templates.accountForgot(page("Forgot your password?"), form, FlashMessage.words(context));
    }

    /** @throws ChatException NOT_FOUND when the link does not work any more */
    private JteModel resetPage(Context context, Optional<String> refusal) {
        String token = field(context, "token");
        return templates.accountReset(page("Choose a new password"), passwordReset.pending(token), token, refusal);
    }

    private void deadLink(Context context, ChatException refusal) {
        if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
            throw refusal;
        }
        FormAnswers.refuse(
                context, refusal, () -> templates.accountExpiredLink(page("Link expired"), refusal.reason(), FORGOT));
    }

    private PageContext page(String title) {
        return new PageContext(site, title, null);
    }
}
