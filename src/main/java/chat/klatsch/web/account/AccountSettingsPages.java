package chat.klatsch.web.account;

import chat.klatsch.account.AccountSettings;
import chat.klatsch.account.EmailAddress;
import chat.klatsch.account.NewPassword;
import chat.klatsch.account.Requester;
import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The page to change the email address and the password, and to delete the account. Thread-safe. */
public final class AccountSettingsPages {
    static final String PATH = "/settings/account";

    private final AccountSettings account;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final SignInThrottle signInThrottle;
    private final MailRateLimits mailLimits;
    private final StaticTemplates templates = new StaticTemplates();

    public AccountSettingsPages(
            AccountSettings account,
            Sessions sessions,
            KnownDevices devices,
            SignInThrottle signInThrottle,
            MailRateLimits mailLimits) {
        this.account = account;
        this.sessions = sessions;
        this.devices = devices;
        this.signInThrottle = signInThrottle;
        this.mailLimits = mailLimits;
    }

    public void page(ChatRequest request) {
        request.show(page(request, "", Optional.empty()));
    }

    /** Asks whether to sign out everywhere. */
    public void sessions(ChatRequest request) {
        Confirmation.of(
                        request,
                        request.text("sign.out.everywhere.question"),
                        request.text("sign.out.everywhere.text"),
                        request.text("sign.out.everywhere"),
                        PATH)
                .sentTo("/logout", "everywhere", "yes")
                .ask(request);
    }

    public void changeEmail(ChatRequest request) {
        change(request, "email", FlashMessage.EMAIL.at(PATH), (session, password) -> {
            EmailAddress email = new EmailAddress(request.field("email"));
            mailLimits.take(session.user().id(), email, request.network());
            try {
                account.changeEmail(
                        session,
                        password,
                        email,
                        requester(request),
                        request.site().texts());
            } catch (ChatException refusal) {
                // A taken address counts, which limits how many addresses a user can probe.
                if (refusal.kind() != ChatException.Kind.TAKEN) {
                    mailLimits.giveBack(session.user().id(), email, request.network());
                }
                throw refusal;
            }
        });
    }

    public void changePassword(ChatRequest request) {
        change(request, "password", FlashMessage.PASSWORD.at(PATH), (session, password) -> {
            account.changePassword(session, password, new NewPassword(request.field("new")), requester(request));
            devices.remember(request.context(), account.credentials(session));
        });
    }

    public void delete(ChatRequest request) {
        change(request, "delete", FlashMessage.DELETED.at("/login"), (session, password) -> {
            account.delete(session, password, requester(request));
            sessions.forget(request.context());
        });
    }

    /** Makes a change that requires the password. */
    private void change(ChatRequest request, String form, String next, BiConsumer<Session, String> change) {
        Session session = request.session();
        request.perform(
                () -> signInThrottle.ofSession(session, () -> {
                    change.accept(session, request.field("password"));
                    return session;
                }),
                next,
                reason -> page(request, form, reason));
    }

    private static Requester requester(ChatRequest request) {
        return SignIns.requester(request, request.user().username(), Requester.Rank.KNOWN);
    }

    /** The page, with the reason for a refusal at the form that was sent. */
    JteModel page(ChatRequest request, String form, Optional<String> refusal) {
        return templates.accountAccountSettings(new AccountSettingsView(
                request.page("settings"),
                request.sidebar(),
                account.contact(request.session()),
                request.field("email"),
                form,
                refusal));
    }
}
