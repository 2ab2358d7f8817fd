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
                        "Make " + name(request) + " a closed room?",
                        "Only invited users can find and join it from then on. Its members stay. Only its owner can open it again.",
                        "Make closed")
                .ask(request);
    }

    public void close(ChatRequest request) {
        perform(request, admin::close, FlashMessage.ROOM_CLOSED);
    }

    public void takeOverForm(ChatRequest request) {
        asking(
                        request,
                        "Take over " + name(request) + "?",
                        "You become a member and the owner of this room. Its members will see this.",
                        "Take over")
                .ask(request);
    }

    public void takeOver(ChatRequest request) {
        perform(request, admin::takeOver, FlashMessage.ROOM_TAKEN);
    }

    public void deletionForm(ChatRequest request) {
        asking(
                        request,
                        "Delete " + name(request) + "?",
                        "This deletes the room and all its messages for everyone. It cannot be undone.",
                        "Delete room")
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
                        "Delete this message?",
                        "@" + message.author().username() + " wrote in " + message.roomName() + ": “" + message.body()
                                + "” This deletes it for everyone. It cannot be undone.",
                        "Delete message",
                        MESSAGES,
                        "room",
                        "seq")
                .ask(request);
    }

    public void deleteMessage(ChatRequest request) {
        AdminMessage.Id message = message(request, request.field("room"));
        String author = admin.message(message)
                .map(known -> "@" + known.author().username())
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
