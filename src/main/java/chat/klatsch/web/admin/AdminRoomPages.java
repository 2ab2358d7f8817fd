package chat.klatsch.web.admin;

import static chat.klatsch.web.http.FormRequests.field;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.Slice;
import chat.klatsch.core.User;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The public room and groups, and what is said in them, as operators see them and what they do about them. Thread-safe. */
public final class AdminRoomPages {
    private static final String ROOMS = "/admin/rooms";
    private static final String MESSAGES = "/admin/messages";

    private final AdminService admin;
    private final AdminGuard door;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminRoomPages(AdminService admin, AdminGuard door) {
        this.admin = admin;
        this.door = door;
    }

    public void rooms(Context context) {
        Html.send(context, roomsPage(context, Optional.empty()));
    }

    public void close(Context context) {
        perform(context, admin::close);
    }

    public void takeOver(Context context) {
        perform(context, admin::takeOver);
    }

    public void delete(Context context) {
        perform(context, admin::delete);
    }

    public void messages(Context context) {
        Html.send(context, messagesPage(context, Optional.empty()));
    }

    public void deleteMessage(Context context) {
        AdminMessage.Place place =
                new AdminMessage.Place(new RoomId(field(context, "room")), Json.number(field(context, "seq")));
        door.perform(
                context,
                () -> admin.delete(door.operator(context).user(), place),
                MESSAGES,
                reason -> messagesPage(context, reason));
    }

    private void perform(Context context, BiConsumer<User, RoomId> action) {
        RoomId room = new RoomId(field(context, "room"));
        door.perform(
                context,
                () -> action.accept(door.operator(context).user(), room),
                ROOMS,
                reason -> roomsPage(context, reason));
    }

    private JteModel roomsPage(Context context, Optional<String> refusal) {
        Optional<RoomId> after =
                Optional.ofNullable(context.queryParam("after")).map(RoomId::new);
        return templates.adminRooms(door.view(context, "Rooms", refusal), admin.rooms(after));
    }

    private JteModel messagesPage(Context context, Optional<String> refusal) {
        Optional<AdminMessage.Place> before = Optional.ofNullable(context.queryParam("room"))
                .map(room -> new AdminMessage.Place(new RoomId(room), Json.number(field(context, "seq"))));
        Slice<AdminMessage> messages = admin.messages(before);
        return templates.adminMessages(door.view(context, "Messages", refusal), messages);
    }
}
