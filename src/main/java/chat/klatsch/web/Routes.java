package chat.klatsch.web;

import static chat.klatsch.web.http.Access.ANYONE;
import static chat.klatsch.web.http.Access.MEMBER;
import static chat.klatsch.web.http.Access.OPERATOR;
import static chat.klatsch.web.http.Access.USER;
import static chat.klatsch.web.http.Access.WRITER;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.Limit;
import chat.klatsch.core.Limits;
import chat.klatsch.web.account.ExportPages;
import chat.klatsch.web.admin.AdminRoomPages;
import chat.klatsch.web.admin.AdminSitePages;
import chat.klatsch.web.admin.AdminUserPages;
import chat.klatsch.web.find.FindPages;
import chat.klatsch.web.host.HostAccess;
import chat.klatsch.web.http.CsrfGuard;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.FormRequests;
import chat.klatsch.web.http.HealthChecks;
import chat.klatsch.web.http.MetricsPage;
import chat.klatsch.web.http.ProtectedRoutes;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.room.MessagePages;
import chat.klatsch.web.room.OwnMessageStyles;
import chat.klatsch.web.room.PostPages;
import chat.klatsch.web.room.ReactionPages;
import chat.klatsch.web.room.ReadPages;
import chat.klatsch.web.search.MentionPages;
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
import java.util.Optional;

/** The table of routes: path, handler and the role that it requires of the caller. */
final class Routes {
    private static final int FINDS_PER_MINUTE = 60;

    private final RoutesConfig routes;
    private final ProtectedRoutes table;
    private final Site site;
    private final Limits limits;
    private final Services services;
    private final Sessions sessions;
    private final CsrfGuard csrfGuard;

    /** For all searches of rooms and people by name together. */
    private final RateLimiter findRate = new RateLimiter("refusal.searching", FINDS_PER_MINUTE);

    Routes(JavalinConfig config, Site site, Limits limits, Services services) {
        this.routes = config.routes;
        this.site = site;
        this.limits = limits;
        this.services = services;
        this.sessions = new Sessions(
                services.accounts(), site, Optional.ofNullable(services.host()).flatMap(HostAccess::requests));
        this.csrfGuard = new CsrfGuard(site);
        routes.before(csrfGuard::refuseForeignForms);
        routes.before(context -> FormRequests.refuseUnlessForm(context, site));
        this.table = new ProtectedRoutes(
                config,
                sessions,
                services.memberships(),
                services.inboxes(),
                services.admin(),
                services.keys(),
                site,
                services.clock());
    }

    void add(ConnectionRegistry connections, HealthChecks health, Optional<MetricsPage> metrics) {
        ExportPages exports = new ExportPages(services.personalExport(), services.roomExport(), services.clock());
        new AccountRoutes(table, services, sessions, site, exports).add(limits);
        table.post("/rooms/{room}/export", exports::room, MEMBER);
        new RoomRoutes(table, services, findRate, limits).add();
        addMessages(connections, health);
        addAdmin();
        routes.get("/users/{username}/own.css", new OwnMessageStyles()::serve, ANYONE);
        routes.get("/static/{file}", this::staticFile, ANYONE);
        routes.get("/manifest.webmanifest", new WebAppManifest(site)::show, ANYONE);
        routes.get("/healthz", health::live, ANYONE);
        routes.get("/readyz", health::ready, ANYONE);
        metrics.ifPresent(page -> routes.get("/metrics", page::show, ANYONE));

        ErrorResponses errors = new ErrorResponses(site);
        routes.exception(ChatException.class, errors::show);
        routes.exception(HttpResponseException.class, errors::show);
        routes.exception(Exception.class, (failure, context) -> errors.show(ErrorResponses.explain(failure), context));
    }

    private void addMessages(ConnectionRegistry connections, HealthChecks health) {
        RateLimiter postRate =
                new RateLimiter("refusal.posting", limits.of(Limit.POSTS_PER_MINUTE), limits.of(Limit.POST_BURST));
        PostPages posts = new PostPages(services.rooms(), services.inboxes(), postRate);
        table.post("/rooms/{room}/messages", posts::post, WRITER);
        table.get("/rooms/{room}/composer", posts::plainComposer, MEMBER);
        table.get("/rooms/{room}/composer/{key}", posts::composer, ANYONE);

        MessagePages messages = new MessagePages(services.messageService(), services.drafts(), postRate);
        table.get("/rooms/{room}/messages/{seq}", messages::message, MEMBER);
        table.get("/rooms/{room}/messages/{seq}/edit", messages::editForm, MEMBER);
        table.post("/rooms/{room}/messages/{seq}/edit", messages::edit, MEMBER);
        table.post("/rooms/{room}/messages/{seq}/delete", messages::delete, MEMBER);
        table.get("/rooms/{room}/edit", messages::editNewest, MEMBER);
        ReactionPages reactions = new ReactionPages(services.messageService(), postRate);
        table.post("/rooms/{room}/messages/{seq}/reactions", reactions::react, MEMBER);
        table.get("/rooms/{room}/messages/{seq}/emoji", reactions::emoji, MEMBER);
        table.get("/rooms/{room}/messages/{seq}/reply", messages::reply, MEMBER);

        ReadPages readers = new ReadPages(services.memberships(), services.inboxes(), services.messageService());
        table.post("/rooms/{room}/read", readers::read, MEMBER);
        table.post("/rooms/{room}/messages/{seq}/unread", readers::unread, MEMBER);
        table.get("/unread", readers::count, ANYONE);
        FindPages found = new FindPages(services.memberships(), services.profiles(), findRate);
        table.get("/find", found::find, USER);
        table.get("/people", found::people, USER);
        table.get(
                "/search", new SearchPages(services.memberships(), services.accounts(), services.search())::page, USER);
        table.get("/mentions", new MentionPages(services.search())::page, USER);

        RoomSocket socket = new RoomSocket(
                services.memberships(),
                services.rooms(),
                services.inboxes(),
                sessions,
                csrfGuard,
                connections,
                postRate,
                health,
                site);
        routes.wsBeforeUpgrade("/rooms/{room}/live", socket::authorizeUpgrade);
        routes.wsBeforeUpgrade("/rooms/{room}/live/{attempt}", socket::authorizeUpgrade);
        routes.ws("/rooms/{room}/live", socket::configure, MEMBER);
        routes.ws("/rooms/{room}/live/{attempt}", socket::configure, MEMBER);
        routes.wsBeforeUpgrade("/inbox/live", socket::authorizeInbox);
        routes.wsBeforeUpgrade("/inbox/live/{attempt}", socket::authorizeInbox);
        routes.ws("/inbox/live", socket::configure, USER);
        routes.ws("/inbox/live/{attempt}", socket::configure, USER);
        routes.wsException(Exception.class, socket::onException);
    }

    private void addAdmin() {
        AdminUserPages users = new AdminUserPages(services.admin(), services.accounts());
        table.get("/admin", users::home, OPERATOR);
        table.get("/admin/users", users::users, OPERATOR);
        table.get("/admin/users/ban", users::banForm, OPERATOR);
        table.post("/admin/users/ban", users::ban, OPERATOR);
        table.post("/admin/users/unban", users::unban, OPERATOR);
        if (!site.isHosted()) {
            table.get("/admin/users/appoint", users::appointForm, OPERATOR);
            table.post("/admin/users/appoint", users::appoint, OPERATOR);
            table.get("/admin/users/dismiss", users::dismissForm, OPERATOR);
            table.post("/admin/users/dismiss", users::dismiss, OPERATOR);
            table.post("/admin/users/reset", users::reset, OPERATOR);
        }
        table.get("/admin/audit", users::audit, OPERATOR);

        AdminRoomPages rooms = new AdminRoomPages(services.admin());
        table.get("/admin/rooms", rooms::rooms, OPERATOR);
        table.get("/admin/rooms/close", rooms::closeForm, OPERATOR);
        table.post("/admin/rooms/close", rooms::close, OPERATOR);
        table.get("/admin/rooms/take", rooms::takeOverForm, OPERATOR);
        table.post("/admin/rooms/take", rooms::takeOver, OPERATOR);
        table.get("/admin/rooms/delete", rooms::deletionForm, OPERATOR);
        table.post("/admin/rooms/delete", rooms::delete, OPERATOR);
        table.get("/admin/messages", rooms::messages, OPERATOR);
        table.get("/admin/messages/delete", rooms::messageDeletionForm, OPERATOR);
        table.post("/admin/messages/delete", rooms::deleteMessage, OPERATOR);

        AdminSitePages chat = new AdminSitePages(services.admin());
        table.get("/admin/chat", chat::form, OPERATOR);
        table.post("/admin/chat", chat::rename, OPERATOR);

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
