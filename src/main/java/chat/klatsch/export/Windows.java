package chat.klatsch.export;

import chat.klatsch.core.RoomId;
import chat.klatsch.export.ExportStore.RoomSize;
import chat.klatsch.export.ExportStore.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Goes through all rooms in windows of a bounded number of messages, since no index finds those of one author. */
final class Windows {
    private static final int MESSAGES = 2_000;
    private static final int ROOMS = 200;

    interface Visitor {
        void visit(Window window) throws IOException;
    }

    private Windows() {}

    static void visit(ExportStore store, Visitor visitor) throws IOException {
        String after = "";
        for (List<RoomSize> page = store.rooms(after, ROOMS); !page.isEmpty(); page = store.rooms(after, ROOMS)) {
            visit(page, visitor);
            after = page.get(page.size() - 1).room().value();
        }
    }

    private static void visit(List<RoomSize> page, Visitor visitor) throws IOException {
        List<RoomId> small = new ArrayList<>();
        long messages = 0;
        for (RoomSize room : page) {
            if (room.messages() > MESSAGES) {
                for (long first = 0; first < room.messages(); first += MESSAGES) {
                    visitor.visit(new Window(List.of(room.room()), first, first + MESSAGES));
                }
                continue;
            }
            if (messages + room.messages() > MESSAGES) {
                visitor.visit(new Window(small, 0, MESSAGES));
                small.clear();
                messages = 0;
            }
            small.add(room.room());
            messages += room.messages();
        }
        if (!small.isEmpty()) {
            visitor.visit(new Window(small, 0, MESSAGES));
        }
    }
}
