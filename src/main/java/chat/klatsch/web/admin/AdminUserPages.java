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
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Lists users and the audit log for operators, and bans, appoints and resets users. Thread-safe. */
public final class AdminUserPages {
    private static final String USERS = "/admin/users";
    private static final int SECRET_BITS = 256;

    private final AdminService admin;
    private final AccountService accounts;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminUserPages(AdminService admin, AccountService accounts) {
        this.admin = admin;
        this.accounts = accounts;
    }

    public void home(ChatRequest request) {
        request.redirect(USERS);
    }

    public void users(ChatRequest request) {
        request.show(usersPage(request, request.field("name"), Optional.empty()));
    }

    /** Asks for the reason. */
    public void banForm(ChatRequest request) {
        banning(request, Optional.empty()).ask(request);
    }

    public void ban(ChatRequest request) {
        perform(
                request,
                (operator, user) -> admin.ban(operator, user, request.field("note")),
                FlashMessage.BANNED,
                reason -> banning(request, reason).page(request));
    }

    private Confirmation banning(ChatRequest request, Optional<String> refusal) {
        String username = named(request);
        return asking(
                        request,
                        request.text("admin.ban.question", username),
                        request.text("admin.ban.text", username),
                        request.text("admin.ban"))
                .withNote(request, request.text("admin.ban.reason"), refusal);
    }

    public void unban(ChatRequest request) {
        perform(request, admin::unban, FlashMessage.UNBANNED);
    }

    public void appointForm(ChatRequest request) {
        asking(
                        request,
                        request.text("admin.appoint.question", named(request)),
                        request.text("admin.appoint.text"),
                        request.text("admin.appoint"))
                .ask(request);
    }

    public void appoint(ChatRequest request) {
        perform(request, admin::appoint, FlashMessage.APPOINTED);
    }

    public void dismissForm(ChatRequest request) {
        boolean own = request.user().username().equals(named(request).substring(1));
        asking(
                        request,
                        own
                                ? request.text("admin.resign.question")
                                : request.text("admin.dismiss.question", named(request)),
                        request.text(own ? "admin.resign.text" : "admin.dismiss.text"),
                        request.text("admin.dismiss"))
                .ask(request);
    }

    public void dismiss(ChatRequest request) {
        perform(request, admin::dismiss, FlashMessage.DISMISSED);
    }

    private Confirmation asking(ChatRequest request, String question, String text, String button) {
        return Confirmation.of(request, question, text, button, USERS, "username");
    }

    /** @throws ChatException NOT_FOUND for an unknown user */
    private String named(ChatRequest request) {
        return "@" + accounts.named(request.field("username")).username();
    }

    /** Shows a new reset link, which appears nowhere else. */
    public void reset(ChatRequest request) {
        try {
            User user = accounts.named(request.field("username"));
            String link = resetLink(request, user);
            AdminView view = AdminView.of(request, "admin.reset.title", "", Optional.empty());
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
        AdminView view = AdminView.of(request, "audit", Optional.empty());
        request.show(templates.adminAudit(
                view,
                byOwners,
                admin.auditEntries(!byOwners, before.isEmpty() ? Long.MAX_VALUE : Json.number(before))));
    }

    private void perform(ChatRequest request, BiConsumer<User, User> action, FlashMessage done) {
        String username = request.field("username");
        perform(request, action, done, reason -> usersPage(request, username, reason));
    }

    private void perform(
            ChatRequest request,
            BiConsumer<User, User> action,
            FlashMessage done,
            Function<Optional<String>, JteModel> refused) {
        String username = request.field("username");
        boolean leaves =
                done == FlashMessage.DISMISSED && username.equals(request.user().username());
        request.perform(
                () -> action.accept(request.user(), accounts.named(username)),
                done.at(leaves ? "/" : request.back(USERS + "?" + query("name", username)), "@" + username),
                refused);
    }

    private JteModel usersPage(ChatRequest request, String name, Optional<String> refusal) {
        Slice<AdminUser> users = admin.users(name, request.field("after"));
        Optional<String> next = users.last()
                .map(last -> USERS + "?" + query("name", name) + "&"
                        + query("after", last.user().username()));
        return templates.adminUsers(AdminView.of(request, "users", refusal), users, name, next);
    }

    private static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
