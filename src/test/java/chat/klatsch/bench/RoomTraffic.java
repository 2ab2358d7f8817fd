package chat.klatsch.bench;

import java.util.ArrayList;
import java.util.List;

/** The members and messages of one room. The first connection that receives a message determines its position. */
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

    /** Returns the next user to post, in turn. */
    Client next() {
        return members.get(speaker++ % members.size());
    }

    int place() {
        return placed++;
    }
}
