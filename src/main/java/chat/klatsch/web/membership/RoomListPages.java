package chat.klatsch.web.membership;

import chat.klatsch.account.AccountService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.PrivateChats;
import chat.klatsch.room.RoomName;
import chat.klatsch.room.RoomSearch;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.time.Duration;
import java.util.Optional;

/** Finding and creating rooms, and private chats. Thread-safe. */
public final class RoomListPages {
    private static final int ROOMS_PER_MINUTE = 10;
    private static final int ROOM_BURST = 30;

    private final MembershipService memberships;
    private final AccountService accounts;
    private final RateLimiter createRate = new RateLimiter("refusal.rooms.creating", ROOMS_PER_MINUTE, ROOM_BURST);
    private final RateLimiter chatRate;
    private final RateLimiter searchRate;
    private final StaticTemplates templates = new StaticTemplates();

    /**
     * @param newChatsPerHour the private chats that a user may open with further people; 0 for no limit
     * @param searchRate limits the searches of a user
     */
    public RoomListPages(
            MembershipService memberships, AccountService accounts, int newChatsPerHour, RateLimiter searchRate) {
        this.memberships = memberships;
        this.accounts = accounts;
        this.chatRate = new RateLimiter("refusal.chats.opening", newChatsPerHour, Duration.ofHours(1));
        this.searchRate = searchRate;
    }

    public void list(ChatRequest request) {
        if (!RoomSearch.of(typed(request)).words().isEmpty()) {
            searchRate.take(request.user().id());
        }
        request.show(listPage(request, RoomForm.BLANK));
    }

    public void create(ChatRequest request) {
        User owner = request.user();
        RoomForm form = RoomForm.sent(request);
        try {
            RoomForm.requireKind(request);
            RoomName name = new RoomName(form.name());
            RoomId id = RoomId.random();
            request.once(
                    () -> {
                        createRate.take(owner.id());
                        memberships.create(id, owner, name, form.open());
                    },
                    "/rooms/" + id);
        } catch (ChatException refusal) {
            request.refuse(refusal, reason -> listPage(request, form.refused(reason.orElseThrow())));
        }
    }

    public void direct(ChatRequest request) {
        User user = request.user();
        User other = accounts.named(request.path("username"));
        PrivateChats chats = memberships.privateChats();
        RoomId room = chats.find(user, other).orElseGet(() -> {
            chatRate.take(user.id());
            return chats.open(user, other);
        });
        request.redirect(room, "");
    }

    private JteModel listPage(ChatRequest request, RoomForm form) {
        String typed = typed(request);
        Optional<RoomId> after =
                request.query("after").filter(room -> !room.isEmpty()).map(RoomId::new);
        return templates.membershipRoomList(new RoomListView(
                request.page("rooms"),
                request.sidebar(),
                memberships.invitations().of(request.user()),
                typed,
                memberships.openRooms(RoomSearch.of(typed), after),
                form));
    }

    private static String typed(ChatRequest request) {
        return request.query("q").orElse("").strip();
    }
}
