package chat.klatsch.web.admin;

import chat.klatsch.admin.AdminMessage;
import chat.klatsch.admin.AdminService;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Confirmation;
import chat.klatsch.web.http.FlashMessage;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import gg.jte.models.runtime.JteModel;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lists the lobby, the groups and their messages for operators, and moderates them. Thread-safe. */
public final class AdminRoomPages {
    private static final String ROOMS = "/admin/rooms";
    private static final String MESSAGES = "/admin/messages";

    private final AdminService admin;
    private final StaticTemplates templates = new StaticTemplates();

    public AdminRoomPages(AdminService admin) {
        this.admin = admin;
    }

    public void rooms(ChatRequest request) {
        request.show(roomsPage(request, Optional.empty()));
    }

    public void closeForm(ChatRequest request) {
        asking(
                        request,
                        request.text("admin.close.question", name(request)),
                        request.text("admin.close.text"),
                        request.text("admin.close"))
                .ask(request);
    }

    public void close(ChatRequest request) {
        perform(request, admin::close, FlashMessage.ROOM_CLOSED);
    }

    public void takeOverForm(ChatRequest request) {
        asking(
                        request,
                        request.text("admin.take.question", name(request)),
                        request.text("admin.take.text"),
                        request.text("admin.take"))
                .ask(request);
    }

    public void takeOver(ChatRequest request) {
        perform(request, admin::takeOver, FlashMessage.ROOM_TAKEN);
    }

    public void deletionForm(ChatRequest request) {
        asking(
                        request,
                        request.text("room.delete.question", name(request)),
                        request.text("room.delete.text"),
                        request.text("room.delete"))
                .ask(request);
    }

    public void delete(ChatRequest request) {
        perform(request, admin::delete, FlashMessage.ROOM_DELETED);
    }

    public void messages(ChatRequest request) {
        request.show(messagesPage(request, Optional.empty()));
    }

    public void messageDeletionForm(ChatRequest request) {
        AdminMessage message =
                admin.message(message(request, request.field("room"))).orElseThrow(ChatException::noSuchMessage);
        Confirmation.of(
                        request,
                        request.text("admin.message.delete.question"),
                        request.text(
                                "admin.message.delete.text",
                                request.site().handle(message.author()),
                                message.roomName(),
                                message.body()),
                        request.text("message.delete.confirm"),
                        MESSAGES,
                        "room",
                        "seq")
                .ask(request);
    }

    public void deleteMessage(ChatRequest request) {
        AdminMessage.Id message = message(request, request.field("room"));
        String author = admin.message(message)
                .map(known -> request.site().handle(known.author()))
                .orElse("");
        request.perform(
                () -> admin.delete(request.user(), message),
                FlashMessage.MESSAGE_DELETED.at(request.back(MESSAGES), author),
                reason -> messagesPage(request, reason));
    }

    private static Confirmation asking(ChatRequest request, String question, String text, String button) {
        return Confirmation.of(request, question, text, button, ROOMS, "room");
    }

    /** @throws ChatException NOT_FOUND for a room that operators do not see */
    private String name(ChatRequest request) {
        return admin.roomName(room(request)).orElseThrow(ChatException::roomNotFound);
    }

    private static RoomId room(ChatRequest request) {
        return new RoomId(request.field("room"));
    }

    private void perform(ChatRequest request, BiConsumer<User, RoomId> action, FlashMessage done) {
        RoomId room = room(request);
        request.perform(
                () -> action.accept(request.user(), room),
                done.at(request.back(ROOMS), admin.roomName(room).orElse("")),
                reason -> roomsPage(request, reason));
    }

    private JteModel roomsPage(ChatRequest request, Optional<String> refusal) {
        Optional<RoomId> after = request.query("after").map(RoomId::new);
        return templates.adminRooms(AdminView.of(request, "rooms", refusal), admin.rooms(after));
    }

    private JteModel messagesPage(ChatRequest request, Optional<String> refusal) {
        Optional<AdminMessage.Id> before = request.query("room").map(room -> message(request, room));
        return templates.adminMessages(AdminView.of(request, "messages", refusal), admin.messages(before));
    }

    private static AdminMessage.Id message(ChatRequest request, String room) {
        return new AdminMessage.Id(new RoomId(room), Json.number(request.field("seq")));
    }
}
