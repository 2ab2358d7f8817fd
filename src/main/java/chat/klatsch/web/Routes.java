package chat.klatsch.web;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.account.AccountPages;
import chat.klatsch.web.account.AccountSettingsPages;
import chat.klatsch.web.account.AvatarPages;
import chat.klatsch.web.account.EmailVerificationPages;
import chat.klatsch.web.account.MailRateLimits;
import chat.klatsch.web.account.PasswordResetPages;
import chat.klatsch.web.account.ProfilePages;
import chat.klatsch.web.account.SignInThrottle;
import chat.klatsch.web.admin.AdminGuard;
import chat.klatsch.web.admin.AdminRoomPages;
import chat.klatsch.web.admin.AdminUserPages;
import chat.klatsch.web.http.CsrfGuard;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.membership.MemberPages;
import chat.klatsch.web.membership.RoomListPages;
import chat.klatsch.web.membership.RoomSettingsPages;
import chat.klatsch.web.room.MessagePages;
import chat.klatsch.web.room.OwnMessageStyles;
import chat.klatsch.web.room.PostPages;
import chat.klatsch.web.room.RoomPages;
import chat.klatsch.web.search.SearchPages;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.socket.RoomSocket;
import chat.klatsch.web.view.Site;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** The table of routes: which address is answered by which method of which class. */
final class Routes {
    private final Site site;
    private final ErrorResponses errors;
    private final CsrfGuard csrfGuard;
    private final AccountPages accountPages;
    private final AccountSettingsPages accountSettingsPages;
    private final EmailVerificationPages emailVerificationPages;
    private final PasswordResetPages passwordResetPages;
    private final ProfilePages profilePages;
    private final AvatarPages avatarPages;
    private final RoomListPages roomListPages;
    private final MemberPages memberPages;
    private final RoomSettingsPages roomSettingsPages;
    private final RoomPages roomPages;
    private final PostPages postPages;
    private final MessagePages messagePages;
    private final RoomSocket roomSocket;
    private final SearchPages searchPages;
    private final AdminUserPages adminUserPages;
    private final AdminRoomPages adminRoomPages;
    private final OwnMessageStyles people;
    private final HealthChecks health;

    Routes(Site site, Limits limits, Services services, ConnectionRegistry connections, HealthChecks health) {
        this.site = site;
        this.health = health;
        Sessions sessions = new Sessions(services.accounts(), site.isSecure(), site.basePath());
        RateLimiter postingRate = new RateLimiter(
                "You are writing faster than anyone can read. Please wait a moment.",
                limits.of(Limit.POSTS_PER_MINUTE),
                limits.of(Limit.POST_BURST));
        this.errors = new ErrorResponses(site);
        this.csrfGuard = new CsrfGuard(site);
        this.roomListPages = new RoomListPages(
                services.memberships(), services.accounts(), services.emailVerification(), sessions, site);
        this.memberPages =
                new MemberPages(services.memberships(), services.accounts(), services.rooms(), sessions, site);
        this.roomSettingsPages =
                new RoomSettingsPages(services.memberships(), services.accounts(), memberPages, sessions, site);
        this.roomPages = new RoomPages(
                services.memberships(),
                services.messageService(),
                services.rooms(),
                services.inboxes(),
                roomListPages,
                sessions,
                site);
        this.postPages = new PostPages(
                services.memberships(), services.rooms(), services.inboxes(), sessions, postingRate, site);
        this.messagePages =
                new MessagePages(services.memberships(), services.messageService(), sessions, postingRate, site);
        this.profilePages = new ProfilePages(services.profiles(), sessions, site);
        this.avatarPages = new AvatarPages(services.profiles(), sessions, profilePages, site);
        this.roomSocket = new RoomSocket(
                services.memberships(),
                services.rooms(),
                services.inboxes(),
                sessions,
                csrfGuard,
                connections,
                postingRate,
                health);
        this.searchPages = new SearchPages(services.memberships(), services.search(), sessions, site);
        SignInThrottle signInThrottle = new SignInThrottle(limits);
        MailRateLimits emails = new MailRateLimits();
        this.accountPages = new AccountPages(
                services.accounts(), services.emailVerification(), sessions, signInThrottle, emails, site);
        this.accountSettingsPages =
                new AccountSettingsPages(services.accountSettings(), sessions, signInThrottle, emails, site);
        this.emailVerificationPages = new EmailVerificationPages(
                services.emailVerification(), services.accountSettings(), accountSettingsPages, sessions, emails, site);
        this.passwordResetPages = new PasswordResetPages(services.passwordReset(), emails, site);
        AdminGuard adminGuard = new AdminGuard(services.admin(), sessions, site);
        this.adminUserPages = new AdminUserPages(services.admin(), services.accounts(), adminGuard, site);
        this.adminRoomPages = new AdminRoomPages(services.admin(), adminGuard);
        this.people = new OwnMessageStyles();
    }

    void add(RoutesConfig routes) {
        routes.before(context -> {
            if (!"GET".equals(context.req().getMethod())
                    && !"HEAD".equals(context.req().getMethod())) {
                csrfGuard.refuse(context);
                FormRequests.refuseOthers(context, site);
            }
        });

        routes.get("/", roomPages::home);
        routes.get("/signup", accountPages::signUpForm);
        routes.post("/signup", accountPages::signUp);
        routes.get("/login", accountPages::signInForm);
        routes.post("/login", accountPages::signIn);
        routes.post("/logout", accountPages::signOut);

        routes.get("/settings/account", accountSettingsPages::page);
        routes.post("/settings/email", accountSettingsPages::changeEmail);
        routes.post("/settings/email/verify", emailVerificationPages::resend);
        routes.post("/settings/password", accountSettingsPages::changePassword);
        routes.post("/settings/delete", accountSettingsPages::delete);
        routes.get("/email/verify", emailVerificationPages::form);
        routes.post("/email/verify", emailVerificationPages::confirm);
        routes.get("/password/forgot", passwordResetPages::forgotForm);
        routes.post("/password/forgot", passwordResetPages::forgot);
        routes.get("/password/reset", passwordResetPages::resetForm);
        routes.post("/password/reset", passwordResetPages::reset);
        routes.get("/welcome", profilePages::welcome);
        routes.post("/welcome", profilePages::rename);
        routes.get("/settings", profilePages::settings);
        routes.post("/settings", profilePages::introduce);
        routes.get("/settings/avatar", avatarPages::own);
        routes.post("/settings/avatar", avatarPages::take);
        routes.post("/settings/avatar/remove", avatarPages::remove);
        routes.get("/@{username}", profilePages::profile);

        routes.get("/rooms", roomListPages::list);
        routes.post("/rooms", roomListPages::create);
        routes.post("/rooms/{room}/join", roomListPages::join);
        routes.post("/rooms/{room}/leave", roomListPages::leave);
        routes.get("/invitations/{code}", roomListPages::invitation);
        routes.post("/direct/{username}", roomListPages::direct);
        routes.get("/rooms/{room}/about", memberPages::about);
        routes.post("/rooms/{room}/about", roomSettingsPages::change);
        routes.post("/rooms/{room}/members", roomSettingsPages::add);
        routes.post("/rooms/{room}/members/remove", roomSettingsPages::remove);
        routes.post("/rooms/{room}/transfer", roomSettingsPages::transfer);
        routes.post("/rooms/{room}/invitation", roomSettingsPages::invite);
        routes.post("/rooms/{room}/invitation/revoke", roomSettingsPages::revokeInvitation);
        routes.post("/rooms/{room}/mute", memberPages::mute);
        routes.post("/rooms/{room}/unmute", memberPages::unmute);
        routes.get("/rooms/{room}/delete", roomSettingsPages::deleteForm);
        routes.post("/rooms/{room}/delete", roomSettingsPages::delete);

        routes.get("/rooms/{room}", roomPages::page);
        routes.get("/rooms/{room}/messages", roomPages::history);
        routes.post("/rooms/{room}/messages", postPages::post);
        routes.get("/rooms/{room}/messages/{seq}", messagePages::message);
        routes.get("/rooms/{room}/messages/{seq}/edit", messagePages::editForm);
        routes.post("/rooms/{room}/messages/{seq}/edit", messagePages::edit);
        routes.post("/rooms/{room}/messages/{seq}/delete", messagePages::delete);
        routes.post("/rooms/{room}/messages/{seq}/reactions", messagePages::react);
        routes.get("/rooms/{room}/messages/{seq}/reply", messagePages::reply);
        routes.post("/rooms/{room}/messages/{seq}/reply", messagePages::reply);
        routes.post("/rooms/{room}/composer", postPages::plainComposer);
        routes.get("/rooms/{room}/composer/{key}", postPages::composer);
        routes.get("/rooms/{room}/connection", roomPages::connection);
        routes.wsBeforeUpgrade("/rooms/{room}/live", roomSocket::admit);
        routes.ws("/rooms/{room}/live", roomSocket::handlers);

        routes.get("/search", searchPages::page);
        routes.before("/admin", adminUserPages::guard);
        routes.before("/admin/*", adminUserPages::guard);
        routes.get("/admin", adminUserPages::home);
        routes.get("/admin/users", adminUserPages::people);
        routes.post("/admin/users/ban", adminUserPages::ban);
        routes.post("/admin/users/unban", adminUserPages::unban);
        routes.post("/admin/users/appoint", adminUserPages::appoint);
        routes.post("/admin/users/dismiss", adminUserPages::dismiss);
        routes.post("/admin/users/reset", adminUserPages::reset);
        routes.get("/admin/rooms", adminRoomPages::rooms);
        routes.post("/admin/rooms/close", adminRoomPages::close);
        routes.post("/admin/rooms/take", adminRoomPages::takeOver);
        routes.post("/admin/rooms/delete", adminRoomPages::delete);
        routes.get("/admin/messages", adminRoomPages::messages);
        routes.post("/admin/messages/delete", adminRoomPages::deleteMessage);
        routes.get("/admin/audit", adminUserPages::audit);

        routes.get("/house", context -> context.redirect(site.path("/admin"), HttpStatus.MOVED_PERMANENTLY));
        routes.get("/house/*", context -> context.redirect(site.path("/admin"), HttpStatus.MOVED_PERMANENTLY));

        routes.get("/users/{username}/avatar", avatarPages::picture);
        routes.get("/users/{username}/own.css", people::ownStyle);
        routes.get("/static/{file}", context -> {
            if (!site.assets().serve(context)) {
                throw new NotFoundResponse();
            }
        });
        routes.get("/healthz", health::live);
        routes.get("/readyz", health::ready);

        routes.exception(ChatException.class, errors::show);
        routes.exception(HttpResponseException.class, errors::show);
        routes.exception(Exception.class, (failure, context) -> errors.show(ErrorResponses.explain(failure), context));
        routes.wsException(Exception.class, roomSocket::fail);
    }
}
