package chat.klatsch.web.admin;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lists the lobby, the groups and their messages for operators, and moderates them. Thread-safe. */
public final class AdminRoomPages {
    private final AdminService admin;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminRoomPages(AdminService admin) {
        this.admin = admin;
    }

    public void rooms(ChatRequest request) {
        request.show(roomsPage(request, Optional.empty()));
    }

    public void close(ChatRequest request) {
        perform(request, admin::close);
    }

    public void takeOver(ChatRequest request) {
        perform(request, admin::takeOver);
    }

    public void delete(ChatRequest request) {
        perform(request, admin::delete);
    }

    public void messages(ChatRequest request) {
        request.show(messagesPage(request, Optional.empty()));
    }

    public void deleteMessage(ChatRequest request) {
        AdminMessage.Id message = message(request, request.field("room"));
        request.perform(
                () -> admin.delete(request.user(), message),
                "/admin/messages",
                reason -> messagesPage(request, reason));
    }

    private void perform(ChatRequest request, BiConsumer<User, RoomId> action) {
        RoomId room = new RoomId(request.field("room"));
        request.perform(
                () -> action.accept(request.user(), room), "/admin/rooms", reason -> roomsPage(request, reason));
    }

    private JteModel roomsPage(ChatRequest request, Optional<String> refusal) {
        Optional<RoomId> after = request.query("after").map(RoomId::new);
        return templates.adminRooms(AdminView.of(request, "Rooms", refusal), admin.rooms(after));
    }

    private JteModel messagesPage(ChatRequest request, Optional<String> refusal) {
        Optional<AdminMessage.Id> before = request.query("room").map(room -> message(request, room));
        return templates.adminMessages(AdminView.of(request, "Messages", refusal), admin.messages(before));
    }

    private static AdminMessage.Id message(ChatRequest request, String room) {
        return new AdminMessage.Id(new RoomId(room), Json.number(request.field("seq")));
    }
}
