package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.account.EmailVerification;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomPreview;
import chat.klatsch.web.http.ErrorResponses;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.Sessions;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import chat.klatsch.web.view.PageContext;
import chat.klatsch.web.view.Sidebar;
import chat.klatsch.web.view.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.Optional;

/** Finding, making, joining and leaving rooms, and private chats. Thread-safe. */
public final class RoomListPages {
    private static final int ROOMS_PER_MINUTE = 10;
    private static final int ROOMS_AT_ONCE = 30;

    private final MembershipService memberships;
    private final AccountService accounts;
    private final EmailVerification emailVerification;
    private final Sessions sessions;
    private final Site site;
    private final RateLimiter making = new RateLimiter(
            "You are making rooms faster than anyone can join them. Please wait a moment.",
            ROOMS_PER_MINUTE,
            ROOMS_AT_ONCE);
    private final StaticTemplates templates = new StaticTemplates();

    public RoomListPages(
            MembershipService memberships,
            AccountService accounts,
            EmailVerification emailVerification,
            Sessions sessions,
            Site site) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.emailVerification = emailVerification;
        this.sessions = sessions;
        this.site = site;
    }

    public void list(Context context) {
        list(context, sessions.require(context).user(), RoomForm.BLANK);
    }

    public void create(Context context) {
        User owner = sessions.require(context).user();
        RoomForm form = RoomForm.sent(context);
        try {
            RoomForm.requireKind(context);
            RoomName name = new RoomName(form.name());
            making.take(owner.id());
            enter(context, memberships.create(owner, name, form.open()));
        } catch (ChatException refusal) {
            ErrorResponses.refuse(refusal, context);
            list(context, owner, form.refused(refusal.reason()));
        }
    }

    /**
     * An open room, for somebody who does not belong to it.
     *
     * @throws ChatException NOT_FOUND for any other
     */
    public void outside(Context context, User viewer, RoomId room) {
        show(
                context,
                viewer,
                memberships.openRoom(room).orElseThrow(ChatException::roomNotFound),
                "",
                Optional.empty());
    }

    public void invitation(Context context) {
        User viewer = sessions.require(context).user();
        String code = context.pathParam("code");
        RoomPreview door = memberships.invited(code);
        if (memberships.roomIfMember(viewer, door.id()).isPresent()) {
            enter(context, door.id());
        } else {
            show(context, viewer, door, code, Optional.empty());
        }
    }

    public void join(Context context) {
        User user = sessions.require(context).user();
        RoomId room = new RoomId(context.pathParam("room"));
        String invitation = Objects.requireNonNullElse(context.formParam("invitation"), "");
        try {
            memberships.join(user, emailVerification.isVerified(user), room, invitation);
            enter(context, room);
        } catch (ChatException refusal) {
            if (refusal.kind() != ChatException.Kind.FORBIDDEN) {
                throw refusal;
            }
            // Whoever may not come in knows by now that there is a door.
            RoomPreview door = memberships.openRoom(room).orElseGet(() -> memberships.invited(invitation));
            ErrorResponses.refuse(refusal, context);
            show(context, user, door, invitation, Optional.of(refusal.reason()));
        }
    }

    public void leave(Context context) {
        User member = sessions.require(context).user();
        memberships.leave(member, memberships.room(member, new RoomId(context.pathParam("room"))));
        context.redirect(site.path("/rooms"), HttpStatus.SEE_OTHER);
    }

    public void direct(Context context) {
        User user = sessions.require(context).user();
        User other = accounts.named(context.pathParam("username"));
        making.take(user.id());
        enter(context, memberships.direct(user, other));
    }

    private void list(Context context, User viewer, RoomForm form) {
        PageContext page = new PageContext(site, "Rooms", viewer);
        Html.send(
                context,
                templates.membershipRoomList(new RoomListView(page, sidebar(viewer), memberships.openRooms(), form)));
    }

    private void show(Context context, User viewer, RoomPreview door, String invitation, Optional<String> refusal) {
        PageContext page = new PageContext(site, door.name(), viewer);
        Html.send(context, templates.membershipJoin(new JoinView(page, sidebar(viewer), door, invitation, refusal)));
    }

    private Sidebar sidebar(User viewer) {
        return new Sidebar(memberships.roomsOf(viewer), Optional.empty());
    }

    private void enter(Context context, RoomId room) {
        context.redirect(site.room(room), HttpStatus.SEE_OTHER);
    }
}
