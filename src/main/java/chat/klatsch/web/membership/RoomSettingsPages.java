package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Ownership;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The forms by which an owner changes a room. Thread-safe. */
public final class RoomSettingsPages {
    private final MembershipService memberships;
    private final AccountService accounts;
    private final MemberPages memberPages;

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
                FlashMessage.SAVED.at(MemberPages.path(request) + "#room"),
                (view, reason) -> view.with(form.refused(reason)));
    }

    public void inviteUser(ChatRequest request) {
        String username = MemberPages.username(request);
        perform(
                request,
                ownership -> ownership.invite(accounts.named(username)),
                FlashMessage.INVITED.at(
                        request.back(MemberPages.path(request) + "#invite"), memberPages.displayName(username)),
                (view, reason) -> view.refused(username, reason));
    }

    /** Asks whether to remove a member, or to withdraw the invitation of a user. */
    public void removalForm(ChatRequest request) {
        Ownership ownership = memberships.ownership(request.user(), request.room());
        User user = accounts.named(MemberPages.username(request));
        boolean invited = ownership.invited().contains(user);
        String question = invited
                ? request.text("withdraw.question", user.displayName())
                : request.text(
                        "remove.question", user.displayName(), request.room().name());
        String text = request.text(invited ? "withdraw.text" : "remove.text");
        Confirmation.of(
                        request,
                        question,
                        text,
                        request.text(invited ? "withdraw.confirm" : "remove.confirm"),
                        MemberPages.path(request),
                        "username")
                .ask(request);
    }

    public void remove(ChatRequest request) {
        String username = MemberPages.username(request);
        Ownership ownership = memberships.ownership(request.user(), request.room());
        FlashMessage done = accounts.find(username)
                        .filter(user -> ownership.invited().contains(user))
                        .isPresent()
                ? FlashMessage.WITHDRAWN
                : FlashMessage.REMOVED;
        request.perform(
                () -> ownership.remove(accounts.named(username)),
                done.at(request.back(MemberPages.path(request)), memberPages.displayName(username)),
                reason -> memberPages.page(request, reason));
    }

    public void transferForm(ChatRequest request) {
        Ownership ownership = memberships.ownership(request.user(), request.room());
        String username = MemberPages.username(request);
        User successor;
        try {
            successor = accounts.named(username);
            ownership.requireSuccessor(successor);
        } catch (ChatException refusal) {
            refuse(request, refusal, (view, reason) -> view.refusedSuccessor(username, reason));
            return;
        }
        Confirmation.of(
                        request,
                        request.text(
                                "transfer.question",
                                successor.displayName(),
                                request.room().name()),
                        request.text("transfer.text"),
                        request.text("transfer.title"),
                        MemberPages.path(request) + "#transfer",
                        "username")
                .ask(request);
    }

    public void transfer(ChatRequest request) {
        String username = MemberPages.username(request);
        perform(
                request,
                ownership -> ownership.transfer(accounts.named(username)),
                FlashMessage.TRANSFERRED.at(MemberPages.path(request), memberPages.displayName(username)),
                (view, reason) -> view.refusedSuccessor(username, reason));
    }

    /** Asks whether to replace the current link. */
    public void linkForm(ChatRequest request) {
        memberships.ownership(request.user(), request.room());
        Confirmation.of(
                        request,
                        request.text("link.new.question"),
                        request.text("link.new.text"),
                        request.text("link.new.confirm"),
                        MemberPages.path(request) + "#invite")
                .ask(request);
    }

    public void createLink(ChatRequest request) {
        Ownership ownership = memberships.ownership(request.user(), request.room());
        request.perform(
                ownership::invite,
                FlashMessage.LINK_CREATED.at(request.back(MemberPages.path(request) + "#invite")),
                reason -> memberPages.page(request, reason));
    }

    public void revocationForm(ChatRequest request) {
        memberships.ownership(request.user(), request.room());
        Confirmation.of(
                        request,
                        request.text("link.revoke.question"),
                        request.text("link.revoke.text"),
                        request.text("link.revoke.confirm"),
                        MemberPages.path(request) + "#invite")
                .ask(request);
    }

    public void revokeLink(ChatRequest request) {
        Ownership ownership = memberships.ownership(request.user(), request.room());
        request.perform(
                ownership::revokeInvitation,
                FlashMessage.LINK_REVOKED.at(request.back(MemberPages.path(request) + "#invite")),
                reason -> memberPages.page(request, reason));
    }

    public void deletionForm(ChatRequest request) {
        memberships.ownership(request.user(), request.room());
        Confirmation.of(
                        request,
                        request.text("room.delete.question", request.room().name()),
                        request.text("room.delete.text"),
                        request.text("room.delete"),
                        MemberPages.path(request) + "#delete")
                .ask(request);
    }

    public void delete(ChatRequest request) {
        Room room = request.room();
        request.once(
                () -> memberships.ownership(request.user(), room).delete(),
                FlashMessage.ROOM_DELETED.at("/rooms", room.name()));
    }

    /** Performs the action and redirects to the members page, which shows the reason for a refusal. */
    private void perform(
            ChatRequest request,
            Consumer<Ownership> action,
            String next,
            BiFunction<RoomSettingsView, String, RoomSettingsView> refused) {
        Ownership ownership = memberships.ownership(request.user(), request.room());
        try {
            request.once(() -> action.accept(ownership), next);
        } catch (ChatException refusal) {
            refuse(request, refusal, refused);
        }
    }

    private void refuse(
            ChatRequest request,
            ChatException refusal,
            BiFunction<RoomSettingsView, String, RoomSettingsView> refused) {
        RoomSettingsView settings = RoomSettingsView.of(request, memberships.ownership(request.user(), request.room()));
        request.refuse(
                refusal,
                reason -> memberPages.page(request, reason.map(why -> refused.apply(settings, why)), Optional.empty()));
    }
}
