package chat.klatsch.web.account;

import static chat.klatsch.web.http.Forms.field;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.Recovery;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.FormAnswers;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** The forms of people who have forgotten their password. Thread-safe. */
public final class RecoveryPages {
    private static final String FORGOT = "/password/forgot";

    private final Recovery recovery;
    private final MailLimits letters;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public RecoveryPages(Recovery recovery, MailLimits letters, Site site) {
        this.recovery = recovery;
        this.letters = letters;
        this.site = site;
    }

    public void forgotForm(Context context) {
        Html.send(context, forgotPage(context, Optional.empty()));
    }

    /** Answers alike whether or not somebody has the address. */
    public void forgot(Context context) {
        try {
            EmailAddress address = new EmailAddress(field(context, "email"));
            letters.take(address, context.ip());
            recovery.send(address);
            context.redirect(site.path(Done.FORGOT.at(FORGOT)), HttpStatus.SEE_OTHER);
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
            recovery.reset(field(context, "token"), new NewPassword(field(context, "password")));
            context.redirect(site.path(Done.RESET.at("/login")), HttpStatus.SEE_OTHER);
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
        return templates.accountForgot(page("Forgot your password?"), form, Done.words(context));
    }

    /** @throws ChatException NOT_FOUND when the link does not work any more */
    private JteModel resetPage(Context context, Optional<String> refusal) {
        String token = field(context, "token");
        return templates.accountReset(page("Choose a new password"), recovery.pending(token), token, refusal);
    }

    private void deadLink(Context context, ChatException refusal) {
        if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
            throw refusal;
        }
        FormAnswers.refuse(
                context, refusal, () -> templates.accountDeadLink(page("Link expired"), refusal.reason(), FORGOT));
    }

    private Page page(String title) {
        return new Page(site, title, null);
    }
}
