package chat.klatsch.web.account;

import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.PasswordReset;
import chat.klatsch.account.Requester;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;

/** The forms to request a password reset and to choose the new password. Thread-safe. */
public final class PasswordResetPages {
    private static final String FORGOT = "/password/forgot";

    private final PasswordReset passwordReset;
    private final SignIns signIns;
    private final MailRateLimits mailLimits;
    private final StaticTemplates templates = new StaticTemplates();

    public PasswordResetPages(PasswordReset passwordReset, SignIns signIns, MailRateLimits mailLimits) {
        this.passwordReset = passwordReset;
        this.signIns = signIns;
        this.mailLimits = mailLimits;
    }

    public void forgotForm(ChatRequest request) {
        request.show(forgotPage(request, Optional.empty()));
    }

    /** Responds alike whether or not an account has the address. */
    public void forgot(ChatRequest request) {
        request.perform(
                () -> {
                    EmailAddress email = new EmailAddress(request.field("email"));
                    mailLimits.take(email, request.network());
                    // Recorded for unknown addresses as well, so that a repeated form does not tell them from known
                    // ones.
                    request.record();
                    passwordReset.send(email, request.site().texts());
                },
                FlashMessage.FORGOT.at(FORGOT),
                reason -> forgotPage(request, reason));
    }

    public void resetForm(ChatRequest request) {
        unlessExpired(request, () -> request.show(resetPage(request, Optional.empty())));
    }

    public void reset(ChatRequest request) {
        unlessExpired(request, () -> {
            try {
                reset(request, request.field("token"), new NewPassword(request.field("password")));
                request.redirect(FlashMessage.RESET.at("/login"));
            } catch (ChatException refusal) {
                if (refusal.kind() == ChatException.Kind.NOT_FOUND) {
                    throw refusal;
                }
                request.refuse(refusal, reason -> resetPage(request, reason));
            }
        });
    }

    /** Does nothing if the same form has set this password. */
    private void reset(ChatRequest request, String token, NewPassword password) {
        try {
            request.once("", () -> {
                Requester owner = SignIns.requester(request, request.field("username"), Requester.Rank.KNOWN);
                passwordReset.reset(token, password, owner);
                return token;
            });
        } catch (RepeatedRequestException | ChatException refusal) {
            String username = request.field("username");
            if (request.answer().isEmpty() || !isPassword(request, username, password.value())) {
                passwordReset.contactOf(token);
                throw refusal;
            }
        }
    }

    private boolean isPassword(ChatRequest request, String username, String password) {
        try {
            signIns.check(request, username, password);
            return true;
        } catch (ChatException wrong) {
            return false;
        }
    }

    private JteModel forgotPage(ChatRequest request, Optional<String> refusal) {
        AccountForm form = new AccountForm("", request.field("email"), "", refusal);
        return templates.accountForgot(request.publicPage("forgot.title"), form);
    }

    /** @throws ChatException NOT_FOUND for an expired link */
    private JteModel resetPage(ChatRequest request, Optional<String> refusal) {
        String token = request.field("token");
        return templates.accountReset(
                request.publicPage("reset.title"), passwordReset.contactOf(token), token, refusal);
    }

    private void unlessExpired(ChatRequest request, Runnable action) {
        try {
            action.run();
        } catch (ChatException refusal) {
            if (refusal.kind() != ChatException.Kind.NOT_FOUND) {
                throw refusal;
            }
            request.refuse(
                    refusal,
                    reason -> templates.accountExpiredLink(
                            request.publicPage("link.expired"), reason.orElseThrow(), FORGOT));
        }
    }
}
