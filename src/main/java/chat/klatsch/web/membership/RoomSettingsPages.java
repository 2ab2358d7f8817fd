package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Ownership;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The forms by which an owner changes a room. Thread-safe. */
public final class RoomSettingsPages {
    private final MembershipService memberships;
    private final AccountService accounts;
    private final MemberPages memberPages;
    private final StaticTemplates templates = new StaticTemplates();

    public RoomSettingsPages(MembershipService memberships, AccountService accounts, MemberPages memberPages) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.memberPages = memberPages;
    }

    public void change(ChatRequest request) {
        RoomForm form = RoomForm.sent(request);
        perform(
                request,
                ownership -> {
                    RoomForm.requireKind(request);
                    ownership.change(new RoomName(form.name()), form.open(), form.verifiedOnly());
                },
                (view, reason) -> view.with(form.refused(reason)));
    }

    public void inviteUser(ChatRequest request) {
        String username = username(request);
        perform(
                request,
                ownership -> ownership.invite(accounts.named(username)),
                (view, reason) -> view.refused(username, reason));
    }

    public void remove(ChatRequest request) {
        perform(request, ownership -> ownership.remove(accounts.named(username(request))));
    }

    public void transfer(ChatRequest request) {
        String username = username(request);
        perform(
                request,
                ownership -> ownership.transfer(accounts.named(username)),
                (view, reason) -> view.refusedSuccessor(username, reason));
    }

    public void createLink(ChatRequest request) {
        perform(request, ownership -> ownership.invite());
    }

    public void revokeLink(ChatRequest request) {
        perform(request, Ownership::revokeInvitation);
    }

    /** Asks for confirmation. */
    public void deleteForm(ChatRequest request) {
        Room room = request.room();
        memberships.ownership(request.user(), room);
        request.show(templates.membershipDelete(request.page("Delete " + room.name()), room));
    }

    public void delete(ChatRequest request) {
        request.once(() -> memberships.ownership(request.user(), request.room()).delete(), "/rooms");
    }

    private void perform(ChatRequest request, Consumer<Ownership> action) {
        perform(request, action, (view, reason) -> view.refused("", reason));
    }

    /** Performs the action and redirects to the members page, which shows the reason for a refusal. */
    private void perform(
            ChatRequest request,
            Consumer<Ownership> action,
            BiFunction<RoomSettingsView, String, RoomSettingsView> refused) {
        Room room = request.room();
        Ownership ownership = memberships.ownership(request.user(), room);
        request.perform(() -> action.accept(ownership), "/rooms/" + room.id() + "/about", reason -> {
            RoomSettingsView settings = RoomSettingsView.of(request, ownership);
            return memberPages.page(request, reason.map(why -> refused.apply(settings, why)), Optional.empty());
        });
    }

    private static String username(ChatRequest request) {
        return request.form("username");
    }
}
