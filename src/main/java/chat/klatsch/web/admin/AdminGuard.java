package chat.klatsch.web.admin;

import chat.klatsch.account.Session;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.ChatException;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The way in for operators, which for all others is not there, and what their pages have in common. Thread-safe. */
public final class AdminGuard {
    private final AdminService admin;
    private final Sessions sessions;
    private final Site site;

    public AdminGuard(AdminService admin, Sessions sessions, Site site) {
        this.admin = admin;
        this.sessions = sessions;
        this.site = site;
    }

    /** @throws NotFoundResponse as for an address that nothing is at */
    void guard(Context context) {
        if (sessions.of(context).map(Session::user).filter(admin::isOperator).isEmpty()) {
            throw new NotFoundResponse();
        }
        context.header("Cache-Control", "no-store");
    }

    Session operator(Context context) {
        return sessions.require(context);
    }

    AdminView view(Context context, String title, Optional<String> refusal) {
        Session operator = operator(context);
        return new AdminView(new PageContext(site, title, operator.user()), new LocalTimes(operator.zone()), refusal);
    }

    /** Does it, and goes to a page that shows it; where it is refused, a page says why. */
    void perform(Context context, Runnable action, String next, Function<Optional<String>, JteModel> page) {
        try {
            action.run();
            context.redirect(site.path(next), HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            refuse(context, refusal, page);
        }
    }

    /** Programs get it bare. */
    void refuse(Context context, ChatException refusal, Function<Optional<String>, JteModel> page) {
        ErrorResponses.refuse(refusal, context);
        Html.send(context, page.apply(Optional.of(refusal.reason())));
    }

    static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
