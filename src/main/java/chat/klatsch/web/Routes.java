package chat.klatsch.web;

import static chat.klatsch.web.http.Access.ANYONE;
import static chat.klatsch.web.http.Access.MEMBER;
import static chat.klatsch.web.http.Access.OPERATOR;
import static chat.klatsch.web.http.Access.USER;
import static chat.klatsch.web.http.Access.WRITER;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.admin.AdminRoomPages;
import chat.klatsch.web.admin.AdminUserPages;
import chat.klatsch.web.http.CsrfGuard;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.ProtectedRoutes;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.membership.MemberPages;
import chat.klatsch.web.membership.RoomListPages;
import chat.klatsch.web.membership.RoomSettingsPages;
import chat.klatsch.web.room.DraftPages;
import chat.klatsch.web.room.MessagePages;
import chat.klatsch.web.room.OwnMessageStyles;
import chat.klatsch.web.room.PostPages;
import chat.klatsch.web.room.RoomPages;
import chat.klatsch.web.search.SearchPages;
import chat.klatsch.web.socket.ConnectionRegistry;
import chat.klatsch.web.socket.RoomSocket;
import chat.klatsch.web.view.Site;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;

/** The table of routes: path, handler and the role that it requires of the caller. */
final class Routes {
    private final RoutesConfig routes;
    private final ProtectedRoutes table;
    private final Site site;
    private final Limits limits;
    private final Services services;
    private final Sessions sessions;
    private final CsrfGuard csrfGuard;

    Routes(JavalinConfig config, Site site, Limits limits, Services services) {
        this.routes = config.routes;
        this.site = site;
        this.limits = limits;
        this.services = services;
        this.sessions = new Sessions(services.accounts(), site.isSecure(), site.basePath());
        this.csrfGuard = new CsrfGuard(site);
        routes.before(csrfGuard::refuseForeignForms);
        routes.before(context -> FormRequests.refuseUnlessForm(context, site));
        this.table =
                new ProtectedRoutes(config, sessions, services.memberships(), services.admin(), services.keys(), site);
    }

    void add(ConnectionRegistry connections, HealthChecks health) {
        new AccountRoutes(table, services, sessions, site).add(limits);
        addRooms();
        addMessages(connections, health);
        addAdmin();
        routes.get("/users/{username}/own.css", new OwnMessageStyles()::serve, ANYONE);
        routes.get("/static/{file}", this::staticFile, ANYONE);
        routes.get("/healthz", health::live, ANYONE);
        routes.get("/readyz", health::ready, ANYONE);

        ErrorResponses errors = new ErrorResponses(site);
        routes.exception(ChatException.class, errors::show);
        routes.exception(HttpResponseException.class, errors::show);
        routes.exception(Exception.class, (failure, context) -> errors.show(ErrorResponses.explain(failure), context));
    }

    private void addRooms() {
        RoomListPages list =
                new RoomListPages(services.memberships(), services.accounts(), services.emailVerification());
        table.get("/rooms", list::list, USER);
        table.post("/rooms", list::create, USER);
        table.post("/rooms/{room}/join", list::join, USER);
        table.post("/rooms/{room}/leave", list::leave, MEMBER);
        table.get("/invitations/{code}", list::invitation, USER);
        table.post("/direct/{username}", list::direct, USER);

        MemberPages members = new MemberPages(services.memberships(), services.accounts(), services.rooms());
        table.get("/rooms/{room}/about", members::about, MEMBER);
        table.post("/rooms/{room}/mute", members::mute, MEMBER);
        table.post("/rooms/{room}/unmute", members::unmute, MEMBER);

        RoomSettingsPages settings = new RoomSettingsPages(services.memberships(), services.accounts(), members);
        table.post("/rooms/{room}/about", settings::change, MEMBER);
        table.post("/rooms/{room}/members", settings::add, MEMBER);
        table.post("/rooms/{room}/members/remove", settings::remove, MEMBER);
        table.post("/rooms/{room}/transfer", settings::transfer, MEMBER);
        table.post("/rooms/{room}/invitation", settings::invite, MEMBER);
        table.post("/rooms/{room}/invitation/revoke", settings::revokeInvitation, MEMBER);
        table.get("/rooms/{room}/delete", settings::deleteForm, MEMBER);
        table.post("/rooms/{room}/delete", settings::delete, MEMBER);

        DraftPages drafts = new DraftPages(services.drafts(), services.messageService());
        RoomPages rooms = new RoomPages(
                services.memberships(), services.messageService(), services.rooms(), services.inboxes(), drafts, list);
        table.get("/rooms/{room}/draft", drafts::enter, MEMBER);
        table.post("/rooms/{room}/draft", drafts::save, WRITER);
        table.get("/", rooms::home, ANYONE);
        table.get("/rooms/{room}", rooms::page, USER);
        table.get("/rooms/{room}/connection", rooms::connection, USER);
        table.get("/rooms/{room}/messages", rooms::history, MEMBER);
    }

    private void addMessages(ConnectionRegistry connections, HealthChecks health) {
        RateLimiter postRate = new RateLimiter(
                "You are sending messages too fast. Please wait a moment.",
                limits.of(Limit.POSTS_PER_MINUTE),
                limits.of(Limit.POST_BURST));
        PostPages posts = new PostPages(services.rooms(), services.inboxes(), postRate);
        table.post("/rooms/{room}/messages", posts::post, WRITER);
        table.get("/rooms/{room}/composer", posts::plainComposer, MEMBER);
        table.get("/rooms/{room}/composer/{key}", posts::composer, ANYONE);

        MessagePages messages = new MessagePages(services.messageService(), services.drafts(), postRate);
        table.get("/rooms/{room}/messages/{seq}", messages::message, MEMBER);
        table.get("/rooms/{room}/messages/{seq}/edit", messages::editForm, MEMBER);
        table.post("/rooms/{room}/messages/{seq}/edit", messages::edit, MEMBER);
        table.post("/rooms/{room}/messages/{seq}/delete", messages::delete, MEMBER);
        table.post("/rooms/{room}/messages/{seq}/reactions", messages::react, MEMBER);
        table.get("/rooms/{room}/messages/{seq}/reply", messages::reply, MEMBER);
        table.get("/search", new SearchPages(services.memberships(), services.search())::page, USER);

        RoomSocket socket = new RoomSocket(
                services.memberships(),
                services.rooms(),
                services.inboxes(),
                sessions,
                csrfGuard,
                connections,
                postRate,
                health);
        routes.wsBeforeUpgrade("/rooms/{room}/live", socket::authorizeUpgrade);
        routes.ws("/rooms/{room}/live", socket::configure, MEMBER);
        routes.wsException(Exception.class, socket::onException);
    }

    private void addAdmin() {
        AdminUserPages users = new AdminUserPages(services.admin(), services.accounts());
        table.get("/admin", users::home, OPERATOR);
        table.get("/admin/users", users::users, OPERATOR);
        table.post("/admin/users/ban", users::ban, OPERATOR);
        table.post("/admin/users/unban", users::unban, OPERATOR);
        table.post("/admin/users/appoint", users::appoint, OPERATOR);
        table.post("/admin/users/dismiss", users::dismiss, OPERATOR);
        table.post("/admin/users/reset", users::reset, OPERATOR);
        table.get("/admin/audit", users::audit, OPERATOR);

        AdminRoomPages rooms = new AdminRoomPages(services.admin());
        table.get("/admin/rooms", rooms::rooms, OPERATOR);
        table.post("/admin/rooms/close", rooms::close, OPERATOR);
        table.post("/admin/rooms/take", rooms::takeOver, OPERATOR);
        table.post("/admin/rooms/delete", rooms::delete, OPERATOR);
        table.get("/admin/messages", rooms::messages, OPERATOR);
        table.post("/admin/messages/delete", rooms::deleteMessage, OPERATOR);

        routes.get("/house", this::toAdmin, ANYONE);
        routes.get("/house/*", this::toAdmin, ANYONE);
    }

    private void staticFile(Context context) {
        if (!site.assets().serve(context)) {
            throw new NotFoundResponse();
        }
    }

    private void toAdmin(Context context) {
        context.redirect(site.path("/admin"), HttpStatus.MOVED_PERMANENTLY);
    }
}
