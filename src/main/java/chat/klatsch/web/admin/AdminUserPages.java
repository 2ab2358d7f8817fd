package chat.klatsch.web.admin;

import chat.klatsch.account.AccountService;
import chat.klatsch.admin.AdminService;
import chat.klatsch.admin.AdminUser;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.IdempotencyKeys.RepeatedRequestException;
import chat.klatsch.core.RandomToken;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lists users and the audit log for operators, and bans, appoints and resets users. Thread-safe. */
public final class AdminUserPages {
    private static final int SECRET_BITS = 256;

    private final AdminService admin;
    private final AccountService accounts;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminUserPages(AdminService admin, AccountService accounts) {
        this.admin = admin;
        this.accounts = accounts;
    }

    public void home(ChatRequest request) {
        request.redirect("/admin/users");
    }

    public void users(ChatRequest request) {
        request.show(usersPage(request, request.field("name"), Optional.empty()));
    }

    public void ban(ChatRequest request) {
        perform(request, (operator, user) -> admin.ban(operator, user, request.field("note")));
    }

    public void unban(ChatRequest request) {
        perform(request, admin::unban);
    }

    public void appoint(ChatRequest request) {
        perform(request, admin::appoint);
    }

    public void dismiss(ChatRequest request) {
        perform(request, admin::dismiss);
    }

    /** Shows a new reset link, which appears nowhere else. */
    public void reset(ChatRequest request) {
        try {
            User user = accounts.named(request.field("username"));
            String link = resetLink(request, user);
            AdminView view = AdminView.of(request, "Password reset link", Optional.empty());
            request.show(templates.adminResetLink(view, user, link));
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> usersPage(request, request.field("username"), reason));
        }
    }

    /**
     * Derives the link's secret from the form's key and a random salt, which is all that is stored. Sending the same form
     * again thus shows the same link.
     */
    private String resetLink(ChatRequest request, User user) {
        String salt = RandomToken.ofBits(SECRET_BITS);
        try {
            return request.once(salt, () -> admin.resetLink(request.user(), user, secret(request, salt)));
        } catch (RepeatedRequestException repeated) {
            return admin.resetLink(secret(request, request.answer().orElseThrow(() -> repeated)));
        }
    }

    private static String secret(ChatRequest request, String salt) {
        return Sha256.hex((salt + request.form("key")).getBytes(StandardCharsets.UTF_8));
    }

    public void audit(ChatRequest request) {
        String before = request.field("before");
        boolean byOwners = request.field("by").equals("owners");
        AdminView view = AdminView.of(request, "Audit", Optional.empty());
        request.show(templates.adminAudit(
                view,
                byOwners,
                admin.auditEntries(!byOwners, before.isEmpty() ? Long.MAX_VALUE : Json.number(before))));
    }

    private void perform(ChatRequest request, BiConsumer<User, User> action) {
        String username = request.field("username");
        request.perform(
                () -> action.accept(request.user(), accounts.named(username)),
                "/admin/users?" + query("name", username),
                reason -> usersPage(request, username, reason));
    }

    private JteModel usersPage(ChatRequest request, String name, Optional<String> refusal) {
        Slice<AdminUser> users = admin.users(name, request.field("after"));
        Optional<String> next = users.last()
                .map(last -> "/admin/users?" + query("name", name) + "&"
                        + query("after", last.user().username()));
        return templates.adminUsers(AdminView.of(request, "Users", refusal), users, name, request.form("note"), next);
    }

    private static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
