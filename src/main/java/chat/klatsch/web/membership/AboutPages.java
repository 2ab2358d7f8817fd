package chat.klatsch.web.membership;

import chat.klatsch.account.Accounts;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.core.UserId;
import chat.klatsch.live.ChatRoomService;
import chat.klatsch.room.Circle;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.room.Moderation;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.Errors;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
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
public final class AboutPages {
    private static final int PAGE = 50;

    private final Doorkeeper doorkeeper;
    private final Accounts accounts;
    private final ChatRoomService rooms;
    private final SignIns signIns;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AboutPages(Doorkeeper doorkeeper, Accounts accounts, ChatRoomService rooms, SignIns signIns, Site site) {
        this.doorkeeper = doorkeeper;
        this.accounts = accounts;
        this.rooms = rooms;
        this.signIns = signIns;
        this.site = site;
    }

    public void about(Context context) {
        User viewer = signIns.require(context).user();
        Room room = doorkeeper.room(viewer, new RoomId(context.pathParam("room")));
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
        User viewer = signIns.require(context).user();
        Room room = doorkeeper.room(viewer, new RoomId(context.pathParam("room")));
        Moderation moderation = doorkeeper.moderation(viewer, room);
        try {
            String username = Objects.requireNonNullElse(context.formParam("username"), "");
            action.accept(moderation, accounts.named(username.strip()));
            context.redirect(site.room(room.id()) + "/about", HttpStatus.SEE_OTHER);
        } catch (ChatException refusal) {
            Errors.refuse(refusal, context);
            show(context, viewer, room, Optional.of(refusal.reason()));
        }
    }

    private void show(Context context, User viewer, Room room, Optional<String> refusal) {
        Optional<OwnerView> owner = room.isGroup() && room.isOwnedBy(viewer)
                ? Optional.of(OwnerView.of(room, doorkeeper.ownership(viewer, room), site, context))
                : Optional.empty();
        show(context, viewer, room, owner, refusal);
    }

    void show(Context context, User viewer, Room room, Optional<OwnerView> owner, Optional<String> refusal) {
        String after = Objects.requireNonNullElse(context.queryParam("after"), "");
        List<User> members = doorkeeper.members(room, after, PAGE + 1);
        Optional<String> next =
                members.size() > PAGE ? Optional.of(members.get(PAGE - 1).username()) : Optional.empty();
        Set<UserId> here = rooms.people(room);
        Set<UserId> muted = doorkeeper.circle(room.id()).map(Circle::muted).orElse(Set.of());
        Html.send(
                context,
                templates.doorAbout(new AboutView(
                        new Page(site, "About " + room.name(), viewer),
                        new Sidebar(doorkeeper.roomsOf(viewer), Optional.of(room.id())),
                        room,
                        members.stream()
                                .limit(PAGE)
                                .map(user -> new AboutView.Member(
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
