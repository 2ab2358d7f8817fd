package chat.klatsch.web;

import static chat.klatsch.web.http.Access.ANYONE;
import static chat.klatsch.web.http.Access.USER;

import chat.klatsch.core.Limits;
import chat.klatsch.web.account.AccountPages;
import chat.klatsch.web.account.AccountSettingsPages;
import chat.klatsch.web.account.AvatarPages;
import chat.klatsch.web.account.AvatarUploads;
import chat.klatsch.web.account.EmailVerificationPages;
import chat.klatsch.web.account.ExportPages;
import chat.klatsch.web.account.HostSignInPages;
import chat.klatsch.web.account.KnownDevices;
import chat.klatsch.web.account.MailRateLimits;
import chat.klatsch.web.account.PasswordResetPages;
import chat.klatsch.web.account.ProfilePages;
import chat.klatsch.web.account.SignInThrottle;
import chat.klatsch.web.account.SignIns;
import chat.klatsch.web.account.SignUpLimits;
import chat.klatsch.web.account.SignUpPages;
import chat.klatsch.web.account.SignUpPermission;
import chat.klatsch.web.account.UnsentTexts;
import chat.klatsch.web.host.HostAccess;
import chat.klatsch.web.http.HostCookie;
import chat.klatsch.web.http.ProtectedRoutes;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.view.Site;

/** The part of the table of {@link Routes} that concerns accounts and profiles. */
record AccountRoutes(ProtectedRoutes table, Services services, Sessions sessions, Site site, ExportPages exports) {
    void add(Limits limits) {
        AvatarUploads uploads = new AvatarUploads(services.profiles());
        ProfilePages profiles = new ProfilePages(services.profiles(), uploads);
        HostAccess host = services.host();
        if (host == null) {
            addAccounts(limits, profiles);
        } else {
            HostSignInPages signIns = new HostSignInPages(host.accounts(), sessions, unsentTexts());
            table.get("/signin", signIns::enter, ANYONE);
            table.post("/signin", signIns::enterWithText, ANYONE);
        }
        table.get("/settings", profiles::settings, USER);
        table.post("/settings", profiles::update, USER);
        table.post("/settings/export", exports::person, USER);
        table.get("/settings/profile", profiles::form, USER);
        table.post("/settings/profile", profiles::save, USER);
        table.get("/@{username}", profiles::profile, USER);

        AvatarPages avatars = new AvatarPages(services.profiles(), uploads, profiles);
        table.get("/settings/avatar", avatars::own, USER);
        table.post("/settings/avatar", avatars::upload, USER);
        table.post("/settings/avatar/remove", avatars::remove, USER);
        table.get("/users/{username}/avatar", avatars::avatar, USER);
    }

    /** Adds what only accounts of the chat's own need. */
    private void addAccounts(Limits limits, ProfilePages profiles) {
        SignInThrottle throttle = new SignInThrottle(limits);
        MailRateLimits mailLimits = new MailRateLimits();
        KnownDevices devices = new KnownDevices(new HostCookie("klatsch-device", site));
        SignIns signIns = new SignIns(services.accounts(), sessions, devices, throttle);
        SignUpPermission permission = new SignUpPermission(services.signUpRules(), services.memberships());

        SignUpPages signUps = new SignUpPages(
                services.accounts(),
                services.admin(),
                services.emailVerification(),
                signIns,
                permission,
                new SignUpLimits(limits),
                mailLimits);
        table.get("/signup", signUps::form, ANYONE);
        table.post("/signup", signUps::signUp, ANYONE);

        AccountPages accounts = new AccountPages(services.accounts(), sessions, signIns, permission, unsentTexts());
        table.get("/login", accounts::signInForm, ANYONE);
        table.post("/login", accounts::signIn, ANYONE);
        table.post("/login/text", accounts::signInFormWithText, ANYONE);
        table.post("/logout", accounts::signOut, ANYONE);

        AccountSettingsPages settings =
                new AccountSettingsPages(services.accountSettings(), sessions, devices, throttle, mailLimits);
        table.get("/settings/account", settings::page, USER);
        table.get("/settings/sessions", settings::sessions, USER);
        table.post("/settings/email", settings::changeEmail, USER);
        table.post("/settings/password", settings::changePassword, USER);
        table.post("/settings/delete", settings::delete, USER);

        EmailVerificationPages verification = new EmailVerificationPages(
                services.emailVerification(), services.accountSettings(), settings, mailLimits);
        table.post("/settings/email/verify", verification::resend, USER);
        table.get("/email/verify", verification::form, ANYONE);
        table.post("/email/verify", verification::confirm, ANYONE);

        PasswordResetPages resets = new PasswordResetPages(services.passwordReset(), signIns, mailLimits);
        table.get("/password/forgot", resets::forgotForm, ANYONE);
        table.post("/password/forgot", resets::forgot, ANYONE);
        table.get("/password/reset", resets::resetForm, ANYONE);
        table.post("/password/reset", resets::reset, ANYONE);

        table.get("/welcome", profiles::welcome, USER);
        table.post("/welcome", profiles::rename, USER);
    }

    private UnsentTexts unsentTexts() {
        return new UnsentTexts(services.memberships(), services.drafts(), services.messageService());
    }
}
