package chat.klatsch.web.door;

import chat.klatsch.room.ChatRoomService;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomId;
import chat.klatsch.room.User;
import chat.klatsch.room.UserId;
import chat.klatsch.web.Html;
import chat.klatsch.web.Page;
import chat.klatsch.web.Site;
import chat.klatsch.web.account.SignIns;
import chat.klatsch.web.templates.StaticTemplates;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who belongs to a room, for its members. Thread-safe. */
public final class AboutPages {
    private static final int PAGE = 50;

    private final Doorkeeper doorkeeper;
    private final ChatRoomService rooms;
    private final SignIns signIns;
    private final Site site;
    private final StaticTemplates templates = new StaticTemplates();

    public AboutPages(Doorkeeper doorkeeper, ChatRoomService rooms, SignIns signIns, Site site) {
        this.doorkeeper = doorkeeper;
        this.rooms = rooms;
        this.signIns = signIns;
        this.site = site;
    }

    public void about(Context context) {
        User viewer = signIns.require(context).user();
        Room room = doorkeeper.room(viewer, new RoomId(context.pathParam("room")));
        Optional<OwnerView> owner = room.isGroup() && room.isOwnedBy(viewer)
                ? Optional.of(OwnerView.of(room, doorkeeper.ownership(viewer, room), site, context))
                : Optional.empty();
        show(context, viewer, room, owner);
    }

    void show(Context context, User viewer, Room room, Optional<OwnerView> owner) {
        String after = Objects.requireNonNullElse(context.queryParam("after"), "");
        List<User> members = doorkeeper.members(room, after, PAGE + 1);
        Optional<String> next =
                members.size() > PAGE ? Optional.of(members.get(PAGE - 1).username()) : Optional.empty();
        Set<UserId> here = rooms.people(room);
        Html.send(
                context,
                templates.doorAbout(new AboutView(
                        new Page(site, "About " + room.name(), viewer),
                        new Sidebar(doorkeeper.roomsOf(viewer), Optional.of(room.id())),
                        room,
                        members.stream()
                                .limit(PAGE)
                                .map(user -> new AboutView.Member(user, here.contains(user.id()), room.isOwnedBy(user)))
                                .toList(),
                        next,
                        owner)));
    }
}
