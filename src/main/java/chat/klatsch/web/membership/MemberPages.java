package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Moderation;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A room's members, and muting them. Thread-safe. */
public final class MemberPages {
    private static final int PAGE = 50;

    private final MembershipService memberships;
    private final AccountService accounts;
    private final StaticTemplates templates = new StaticTemplates();

    public MemberPages(MembershipService memberships, AccountService accounts) {
        this.memberships = memberships;
        this.accounts = accounts;
    }

    public void about(ChatRequest request) {
        request.show(page(request, Optional.empty()));
    }

    /** Asks for the reason. */
    public void muteForm(ChatRequest request) {
        memberships.moderation(request.user(), request.room());
        muting(request, accounts.named(username(request)), Optional.empty()).ask(request);
    }

    public void mute(ChatRequest request) {
        Moderation moderation = memberships.moderation(request.user(), request.room());
        try {
            User member = accounts.named(username(request));
            request.once(
                    () -> moderation.mute(member, request.form("note")),
                    FlashMessage.MUTED.at(request.back(path(request)), member.displayName()));
        } catch (ChatException refusal) {
            Optional<User> member = accounts.find(username(request));
            request.refuse(
                    refusal,
                    reason -> member.isPresent() && refusal.kind() == ChatException.Kind.INVALID
                            ? muting(request, member.get(), reason).page(request)
                            : page(request, reason));
        }
    }

    public void unmute(ChatRequest request) {
        Moderation moderation = memberships.moderation(request.user(), request.room());
        request.perform(
                () -> moderation.unmute(accounts.named(username(request))),
                FlashMessage.UNMUTED.at(request.back(path(request)), displayName(username(request))),
                reason -> page(request, reason));
    }

    private Confirmation muting(ChatRequest request, User member, Optional<String> refusal) {
        return Confirmation.of(
                        request,
                        request.text("mute.question", member.displayName()),
                        request.text("mute.text", request.room().name()),
                        request.text("mute"),
                        path(request),
                        "username")
                .withNote(request, request.text("mute.reason", member.displayName()), refusal);
    }

    /** The path of the members page. */
    static String path(ChatRequest request) {
        return "/rooms/" + request.room().id() + "/about";
    }

    /** The path and query of the page of members that is shown, to which questions lead back. */
    private static String address(ChatRequest request) {
        boolean shown = request.site().requestedPath(request.context()).endsWith("/about");
        return shown ? request.site().requestedAddress(request.context()) : path(request);
    }

    static String username(ChatRequest request) {
        return request.field("username");
    }

    /** The name of a user, as a message about what was done says it. */
    String displayName(String username) {
        return accounts.find(username).map(User::displayName).orElse(username);
    }

    JteModel page(ChatRequest request, Optional<String> refusal) {
        Room room = request.room();
        Optional<RoomSettingsView> settings = room.isGroup() && room.isOwnedBy(request.user())
                ? Optional.of(RoomSettingsView.of(request, memberships.ownership(request.user(), room)))
                : Optional.empty();
        return page(request, settings, refusal);
    }

    JteModel page(ChatRequest request, Optional<RoomSettingsView> settings, Optional<String> refusal) {
        Room room = request.room();
        List<User> members = memberships.members(room, request.query("after").orElse(""), PAGE + 1);
        Optional<String> next =
                members.size() > PAGE ? Optional.of(members.get(PAGE - 1).username()) : Optional.empty();
        Set<UserId> operators = memberships.operatorsAmong(members);
        Set<UserId> muted =
                memberships.summary(room.id()).map(RoomSummary::muted).orElse(Set.of());
        return templates.membershipMembers(new MembersView(
                request.page("room.details"),
                address(request),
                request.sidebarAbout(Optional.of(room.id())),
                room,
                members.stream()
                        .limit(PAGE)
                        .map(user -> new MembersView.Member(
                                user, room.isOwnedBy(user), operators.contains(user.id()), muted.contains(user.id())))
                        .toList(),
                next,
                settings,
                refusal));
    }
}
