package chat.klatsch.web.account;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.AccountStore;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.account.NewAccount;
import chat.klatsch.account.Requester;
import chat.klatsch.admin.AdminService;
import chat.klatsch.admin.SiteName;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import chat.klatsch.core.UserId;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form to sign up. Thread-safe. */
public final class SignUpPages {
    private static final Logger log = LoggerFactory.getLogger(SignUpPages.class);

    private final AccountService accounts;
    private final AdminService admin;
    private final EmailVerification emailVerification;
    private final SignIns signIns;
    private final SignUpPermission permission;
    private final SignUpLimits limits;
    private final MailRateLimits mailLimits;
    private final StaticTemplates templates = new StaticTemplates();

    public SignUpPages(
            AccountService accounts,
            AdminService admin,
            EmailVerification emailVerification,
            SignIns signIns,
            SignUpPermission permission,
            SignUpLimits limits,
            MailRateLimits mailLimits) {
        this.accounts = accounts;
        this.admin = admin;
        this.emailVerification = emailVerification;
        this.signIns = signIns;
        this.permission = permission;
        this.limits = limits;
        this.mailLimits = mailLimits;
    }

    public void form(ChatRequest request) {
        if (request.isSignedIn()) {
            request.redirect(AccountPages.next(request));
            return;
        }
        Optional<String> refusal = permission.refusal(request);
        if (refusal.isPresent()) {
            request.refuse(
                    new ChatException(ChatException.Kind.FORBIDDEN, refusal.get()), reason -> page(request, reason));
        } else {
            request.show(page(request, Optional.empty()));
        }
    }

    public void signUp(ChatRequest request) {
        try {
            signIns.begin(request, signedUp(request));
            request.redirect(ProfilePages.welcomePath(AccountPages.next(request)));
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> page(request, reason));
        }
    }

    /** Creates the account, or signs in with the password of the one that the same form has created. */
    private AccountStore.Credentials signedUp(ChatRequest request) {
        if (request.answer().isEmpty()) {
            try {
                return create(request);
            } catch (RepeatedRequestException | ChatException refusal) {
                // The same form may have been carried out meanwhile.
                if (request.answer().isEmpty()) {
                    throw refusal;
                }
            }
        }
        return signIns.check(request, request.field("username"), request.field("password"));
    }

    private AccountStore.Credentials create(ChatRequest request) {
        permission.require(request);
        Optional<SiteName> name = siteName(request);
        NewAccount account = new NewAccount(
                request.field("username"), request.field("password"), Optional.of(request.field("email")));
        Requester requester = SignIns.requester(request, account.username(), Requester.Rank.SIGN_UP);
        AccountStore.Credentials created =
                limits.counting(request.network(), () -> request.once("", () -> accounts.signUp(account, requester)));
        account.email()
                .map(EmailAddress::new)
                .ifPresent(email -> verify(request, created.user().id(), email));
        // Another account may have been the first meanwhile. A name that the settings give may change with them.
        name.filter(chosen -> !chosen.value().equals(request.site().name()))
                .filter(chosen -> admin.isOperator(created.user()))
                .ifPresent(chosen -> admin.rename(created.user(), chosen));
        return created;
    }

    /** The name that the first user gives the chat. */
    private Optional<SiteName> siteName(ChatRequest request) {
        String name = request.field("site");
        return name.isBlank() || !permission.isFirst() ? Optional.empty() : Optional.of(new SiteName(name));
    }

    private void verify(ChatRequest request, UserId user, EmailAddress email) {
        try {
            mailLimits.take(user, email, request.network());
            emailVerification.sendAsync(user, request.site().texts());
        } catch (ChatException tooMany) {
            // The account exists, and its settings page can send the email later.
            log.info("A verification email was not sent because of the rate limit");
        }
    }

    private JteModel page(ChatRequest request, Optional<String> refusal) {
        AccountForm form = AccountForm.of(request, "username", refusal);
        boolean open = !permission.isRefused(request);
        if (permission.isFirst()) {
            String name = request.field("site").isBlank() ? request.site().name() : request.field("site");
            return templates.accountSetup(request.publicPage("setup"), form, name, request.field("code"), open);
        }
        return templates.accountSignup(request.publicPage("sign.up"), form, permission.invitation(request), open);
    }
}
