package chat.klatsch.web.http;

import chat.klatsch.account.Session;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys;
import chat.klatsch.inbox.InboxService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.web.view.Site;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.security.RouteRole;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Registers routes with the role that they require, and checks the role before a handler runs. Thread-safe once all are registered. */
public final class ProtectedRoutes {
    private final RoutesConfig routes;
    private final Sessions sessions;
    private final MembershipService memberships;
    private final InboxService inboxes;
    private final AdminService admin;
    private final Site site;
    private final Clock clock;
    private final RepeatedRequests repeated;

    /** Makes the server refuse to start with any route that has no role. */
    public ProtectedRoutes(
            JavalinConfig config,
            Sessions sessions,
            MembershipService memberships,
            InboxService inboxes,
            AdminService admin,
            IdempotencyKeys keys,
            Site site,
            Clock clock) {
        this.routes = config.routes;
        this.sessions = sessions;
        this.memberships = memberships;
        this.inboxes = inboxes;
        this.admin = admin;
        this.site = site;
        this.clock = clock;
        this.repeated = new RepeatedRequests(keys, sessions);
        config.events.wsHandlerAdded(route -> requireRole(route.getPath(), route.getRoles()));
        config.events.handlerAdded(route -> {
            if (route.getHttpMethod().isHttpMethod()) {
                requireRole(route.getPath(), route.getRoles());
            }
        });
        // The whole admin area is hidden, as the response to a wrong method would reveal its routes.
        routes.before("/admin", this::requireOperator);
        routes.before("/admin/*", this::requireOperator);
        routes.beforeMatched(this::check);
    }

    public void get(String path, Consumer<ChatRequest> page, Access role) {
        routes.get(path, context -> page.accept(request(context)), role);
    }

    public void post(String path, Consumer<ChatRequest> page, Access role) {
        routes.post(path, context -> page.accept(request(context)), role);
    }

    /**
     * Checks the caller's role. Leads a form that has been carried out to where it has led before, even where the user no
     * longer has the role. A HEAD request arrives here as GET.
     *
     * @throws ChatException SIGNED_OUT, or NOT_FOUND where the caller is not a member
     * @throws NotFoundResponse as for an unknown address, where the caller is not an operator
     */
    private void check(Context context) {
        Optional<String> next =
                context.routeRoles().contains(Access.WRITER) ? Optional.empty() : repeated.next(context);
        if (next.isPresent()) {
            request(context).redirect(next.get());
            context.skipRemainingHandlers();
            return;
        }
        for (RouteRole role : context.routeRoles()) {
            switch ((Access) role) {
                case ANYONE, WRITER -> {}
                case USER -> request(context).session();
                case MEMBER -> request(context).room();
                case OPERATOR -> requireOperator(context);
            }
        }
    }

    private void requireOperator(Context context) {
        Optional<Session> session = sessions.of(context);
        if (session.isEmpty()
                && UnsentForm.of(context, site).filter(UnsentForm::isOfUser).isPresent()) {
            // The user has seen the page of this form, and what they typed in it is kept.
            sessions.require(context);
        }
        if (session.map(Session::user).filter(admin::isOperator).isEmpty()) {
            throw new NotFoundResponse();
        }
    }

    private ChatRequest request(Context context) {
        ChatRequest known = context.attribute(ChatRequest.class.getName());
        ChatRequest request = known == null
                ? new ChatRequest(context, sessions, memberships, inboxes, site.of(context), repeated, clock)
                : known;
        context.attribute(ChatRequest.class.getName(), request);
        return request;
    }

    private static void requireRole(String path, Set<RouteRole> roles) {
        if (roles.isEmpty()) {
            throw new IllegalStateException("The route " + path + " has no role");
        }
    }
}
