package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Moderation;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** A room's members, and muting them. Thread-safe. */
public final class MemberPages {
    private static final int PAGE = 50;

    private final MembershipService memberships;
    private final AccountService accounts;
    private final ChatRoomService rooms;
    private final StaticTemplates templates = new StaticTemplates();

    public MemberPages(MembershipService memberships, AccountService accounts, ChatRoomService rooms) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.rooms = rooms;
    }

    public void about(ChatRequest request) {
        request.show(page(request, Optional.empty()));
    }

    public void mute(ChatRequest request) {
        moderate(request, Moderation::mute);
    }

    public void unmute(ChatRequest request) {
        moderate(request, Moderation::unmute);
    }

    private void moderate(ChatRequest request, BiConsumer<Moderation, User> action) {
        Moderation moderation = memberships.moderation(request.user(), request.room());
        request.perform(
                () -> action.accept(moderation, accounts.named(request.form("username"))),
                "/rooms/" + request.room().id() + "/about",
                reason -> page(request, reason));
    }

    private JteModel page(ChatRequest request, Optional<String> refusal) {
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
        Set<UserId> present = rooms.users(room);
        Set<UserId> muted =
                memberships.summary(room.id()).map(RoomSummary::muted).orElse(Set.of());
        return templates.membershipMembers(new MembersView(
                request.page("About " + room.name()),
                request.sidebar(Optional.of(room.id())),
                room,
                members.stream()
                        .limit(PAGE)
                        .map(user -> new MembersView.Member(
                                user, present.contains(user.id()), room.isOwnedBy(user), muted.contains(user.id())))
                        .toList(),
                next,
                settings,
                refusal));
    }
}
