package chat.klatsch.web.admin;

import static chat.klatsch.web.http.Forms.field;

import chat.klatsch.admin.House;
import chat.klatsch.admin.Remark;
import chat.klatsch.core.Portion;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.templates.StaticTemplates;
import chat.klatsch.web.view.Html;
import gg.jte.models.runtime.JteModel;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The public room and groups, and what is said in them, as operators see them and what they do about them. Thread-safe. */
public final class ParlourPages {
    private static final String ROOMS = "/house/rooms";
    private static final String MESSAGES = "/house/messages";

    private final House house;
    private final OperatorDoor door;
    private final StaticTemplates templates = new StaticTemplates();

    public ParlourPages(House house, OperatorDoor door) {
        this.house = house;
        this.door = door;
    }

    public void rooms(Context context) {
        Html.send(context, roomsPage(context, Optional.empty()));
    }

    public void close(Context context) {
        perform(context, house::close);
    }

    public void takeOver(Context context) {
        perform(context, house::takeOver);
    }

    public void delete(Context context) {
        perform(context, house::delete);
    }

    public void messages(Context context) {
        Html.send(context, messagesPage(context, Optional.empty()));
    }

    public void deleteMessage(Context context) {
        Remark.Place place = new Remark.Place(new RoomId(field(context, "room")), Json.number(field(context, "seq")));
        door.perform(
                context,
                () -> house.delete(door.operator(context).user(), place),
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
        return templates.houseRooms(door.view(context, "Rooms", refusal), house.rooms(after));
    }

    private JteModel messagesPage(Context context, Optional<String> refusal) {
        Optional<Remark.Place> before = Optional.ofNullable(context.queryParam("room"))
                .map(room -> new Remark.Place(new RoomId(room), Json.number(field(context, "seq"))));
        Portion<Remark> messages = house.messages(before);
        return templates.houseMessages(door.view(context, "Messages", refusal), messages);
    }
}
