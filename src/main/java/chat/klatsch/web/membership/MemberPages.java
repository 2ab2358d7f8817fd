package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Moderation;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomSummary;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Who belongs to a room, for its members, and who may only read it. Thread-safe. */
public final class MemberPages {
    private static final int PAGE = 50;

    private final MembershipService memberships;
    private final AccountService accounts;
    private final ChatRoomService rooms;
    private final Sessions sessions;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public MemberPages(
            MembershipService memberships,
            AccountService accounts,
            ChatRoomService rooms,
            Sessions sessions,
            Site site) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.rooms = rooms;
        this.sessions = sessions;
        this.site = site;
    }

    public void about(Context context) {
        User viewer = sessions.require(context).user();
        Room room = memberships.room(viewer, new RoomId(context.pathParam("room")));
        show(context, viewer, room, Optional.empty());
    }

    /** Lets a member read only. */
    public void mute(Context context) {
        moderate(context, Moderation::mute);
    }

    /** Lets a member write again. */
    public void unmute(Context context) {
        moderate(context, Moderation::unmute);
    }

    private void moderate(Context context, BiConsumer<Moderation, User> action) {
        User viewer = sessions.require(context).user();
        Room room = memberships.room(viewer, new RoomId(context.pathParam("room")));
        Moderation moderation = memberships.moderation(viewer, room);
        try {
            String username = Objects.requireNonNullElse(context.formParam("username"), "");
            action.accept(moderation, accounts.named(username.strip()));
            context.redirect(site.room(room.id()) + "/about", HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            show(context, viewer, room, Optional.of(refusal.reason()));
        }
    }

    private void show(Context context, User viewer, Room room, Optional<String> refusal) {
        Optional<RoomSettingsView> owner = room.isGroup() && room.isOwnedBy(viewer)
                ? Optional.of(RoomSettingsView.of(room, memberships.ownership(viewer, room), site, context))
                : Optional.empty();
        show(context, viewer, room, owner, refusal);
    }

    void show(Context context, User viewer, Room room, Optional<RoomSettingsView> owner, Optional<String> refusal) {
        String after = Objects.requireNonNullElse(context.queryParam("after"), "");
        List<User> members = memberships.members(room, after, PAGE + 1);
        Optional<String> next =
                members.size() > PAGE ? Optional.of(members.get(PAGE - 1).username()) : Optional.empty();
        Set<UserId> here = rooms.people(room);
        Set<UserId> muted =
                memberships.summary(room.id()).map(RoomSummary::muted).orElse(Set.of());
        Html.send(
                context,
                templates.membershipMembers(new MembersView(
                        new PageContext(site, "About " + room.name(), viewer),
                        new Sidebar(memberships.roomsOf(viewer), Optional.of(room.id())),
                        room,
                        members.stream()
                                .limit(PAGE)
                                .map(user -> new MembersView.Member(
                                        user,
                                        here.contains(user.id()),
                                        room.isOwnedBy(user),
                                        muted.contains(user.id())))
                                .toList(),
                        next,
                        owner,
                        refusal)));
    }
}
