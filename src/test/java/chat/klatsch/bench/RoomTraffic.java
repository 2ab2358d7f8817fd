package chat.klatsch.bench;

import java.util.ArrayList;
import java.util.List;

/** A room: who should get what is said there, and how much was. Its messages are placed as the first one to see them does. */
final class RoomTraffic {
    private final List<Client> members = new ArrayList<>();
    private int speaker;
    private int placed;

    void join(Client client) {
        members.add(client);
    }

    int size() {
        return members.size();
    }

    /** Who speaks next: everybody in turn. */
    Client next() {
        return members.get(speaker++ % members.size());
    }

    int place() {
        return placed++;
    }
}
