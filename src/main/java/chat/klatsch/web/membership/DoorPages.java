package chat.klatsch.web.membership;

import chat.klatsch.account.Accounts;
import chat.klatsch.account.Verification;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.Door;
import chat.klatsch.room.Doorkeeper;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.web.http.Errors;
import chat.klatsch.web.http.RateLimit;
import chat.klatsch.web.http.SignIns;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.Page;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;

/** Finding, making, joining and leaving rooms, and private chats. Thread-safe. */
public final class DoorPages {
    private static final int ROOMS_PER_MINUTE = 10;
    private static final int ROOMS_AT_ONCE = 30;

    private final Doorkeeper doorkeeper;
    private final Accounts accounts;
    private final Verification verification;
    private final SignIns signIns;
    private final Site site;
    private final RateLimit making = new RateLimit(
            "You are making rooms faster than anyone can join them. Please wait a moment.",
            ROOMS_PER_MINUTE,
            ROOMS_AT_ONCE);
    private final StaticTemplates templates = new StaticTemplates();

    public DoorPages(Doorkeeper doorkeeper, Accounts accounts, Verification verification, SignIns signIns, Site site) {
        this.doorkeeper = doorkeeper;
        this.accounts = accounts;
        this.verification = verification;
        this.signIns = signIns;
        this.site = site;
    }

    public void list(Context context) {
        list(context, signIns.require(context).user(), RoomForm.BLANK);
    }

    public void create(Context context) {
        User owner = signIns.require(context).user();
        RoomForm form = RoomForm.sent(context);
        try {
            RoomForm.requireKind(context);
            RoomName name = new RoomName(form.name());
            making.take(owner.id());
            enter(context, doorkeeper.create(owner, name, form.open()));
        } catch (ChatException refusal) {
            Errors.refuse(refusal, context);
            list(context, owner, form.refused(refusal.reason()));
        }
    }

    /**
     * An open room, for somebody who does not belong to it.
     *
     * @throws ChatException NOT_FOUND for any other
     */
    public void outside(Context context, User viewer, RoomId room) {
        show(context, viewer, doorkeeper.openRoom(room).orElseThrow(Room::notFound), "", Optional.empty());
    }

    public void invitation(Context context) {
        User viewer = signIns.require(context).user();
        String code = context.pathParam("code");
        Door door = doorkeeper.invited(code);
        if (doorkeeper.roomIfMember(viewer, door.id()).isPresent()) {
            enter(context, door.id());
        } else {
            show(context, viewer, door, code, Optional.empty());
        }
    }

    public void join(Context context) {
        User user = signIns.require(context).user();
        RoomId room = new RoomId(context.pathParam("room"));
        String invitation = Objects.requireNonNullElse(context.formParam("invitation"), "");
        try {
            doorkeeper.join(user, verification.isVerified(user), room, invitation);
            enter(context, room);
        } catch (ChatException refusal) {
            if (refusal.kind() != ChatException.Kind.FORBIDDEN) {
                throw refusal;
            }
            // Whoever may not come in knows by now that there is a door.
            Door door = doorkeeper.openRoom(room).orElseGet(() -> doorkeeper.invited(invitation));
            Errors.refuse(refusal, context);
            show(context, user, door, invitation, Optional.of(refusal.reason()));
        }
    }

    public void leave(Context context) {
        User member = signIns.require(context).user();
        doorkeeper.leave(member, doorkeeper.room(member, new RoomId(context.pathParam("room"))));
        context.redirect(site.path("/rooms"), HttpStatus.SEE_OTHER);
    }

    public void direct(Context context) {
        User user = signIns.require(context).user();
        User other = accounts.named(context.pathParam("username"));
        making.take(user.id());
        enter(context, doorkeeper.direct(user, other));
    }

    private void list(Context context, User viewer, RoomForm form) {
        Page page = new Page(site, "Rooms", viewer);
        Html.send(context, templates.doorRooms(new RoomsView(page, sidebar(viewer), doorkeeper.openRooms(), form)));
    }

    private void show(Context context, User viewer, Door door, String invitation, Optional<String> refusal) {
        Page page = new Page(site, door.name(), viewer);
        Html.send(context, templates.doorOutside(new DoorView(page, sidebar(viewer), door, invitation, refusal)));
    }

    private Sidebar sidebar(User viewer) {
        return new Sidebar(doorkeeper.roomsOf(viewer), Optional.empty());
    }

    private void enter(Context context, RoomId room) {
        context.redirect(site.room(room), HttpStatus.SEE_OTHER);
    }
}
