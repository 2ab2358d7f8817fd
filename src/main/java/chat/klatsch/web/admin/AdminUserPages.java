package chat.klatsch.web.admin;

import static chat.klatsch.web.admin.AdminGuard.query;
import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.account.AccountService;
import chat.klatsch.admin.AdminService;
import chat.klatsch.admin.AdminUser;
import chat.klatsch.admin.AuditEntry;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Site;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Everybody with an account, as operators see them and what they do about them, and what has been done. Thread-safe. */
public final class AdminUserPages {
    private final AdminService admin;
    private final AccountService accounts;
    private final AdminGuard door;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminUserPages(AdminService admin, AccountService accounts, AdminGuard door, Site site) {
        this.admin = admin;
        this.accounts = accounts;
        this.door = door;
        this.site = site;
    }

    /** Before everything else under this address. */
    public void guard(Context context) {
        door.guard(context);
    }

    public void home(Context context) {
        context.redirect(site.path("/admin/users"), HttpStatus.SEE_OTHER);
    }

    public void people(Context context) {
        Html.send(context, peoplePage(context, field(context, "name"), Optional.empty()));
    }

    public void ban(Context context) {
        String note = field(context, "note");
        perform(context, (operator, user) -> admin.ban(operator, user, note));
    }

    public void unban(Context context) {
        perform(context, admin::unban);
    }

    public void appoint(Context context) {
        perform(context, admin::appoint);
    }

    public void dismiss(Context context) {
        perform(context, admin::dismiss);
    }

    /** Shows the link in the answer itself: it is nowhere else. */
    public void reset(Context context) {
        try {
            User user = accounts.named(field(context, "username"));
            String link = admin.resetLink(door.operator(context).user(), user);
            Html.send(
                    context,
                    templates.adminResetLink(door.view(context, "A new password", Optional.empty()), user, link));
        } catch (ChatException refusal) {
            door.refuse(context, refusal, reason -> peoplePage(context, field(context, "username"), reason));
        }
    }

    public void audit(Context context) {
        String before = field(context, "before");
        Slice<AuditEntry> deeds = admin.deeds(before.isEmpty() ? Long.MAX_VALUE : Json.number(before));
        Html.send(context, templates.adminAudit(door.view(context, "Audit", Optional.empty()), deeds));
    }

    private void perform(Context context, BiConsumer<User, User> action) {
        String username = field(context, "username");
        door.perform(
                context,
                () -> action.accept(door.operator(context).user(), accounts.named(username)),
                "/admin/users?" + query("name", username),
                reason -> peoplePage(context, username, reason));
    }

    private JteModel peoplePage(Context context, String name, Optional<String> refusal) {
        Slice<AdminUser> people = admin.people(name, field(context, "after"));
        Optional<String> next = people.last()
                .map(last -> "/admin/users?" + query("name", name) + "&"
                        + query("after", last.user().username()));
        return templates.adminUsers(door.view(context, "Users", refusal), people, name, next);
    }
}
