package chat.klatsch.room;

import java.util.List;

/**
 * Who is in a room.
 *
 * @param online how many people are there, each counted once
 * @param shown the first of them by username, at most {@link #SHOWN}
 * @param certain false while other JVMs cannot be heard: this is then what was known last
 */
public record Roster(int online, List<User> shown, boolean certain) {
    /** More names than this help nobody and would make every arrival in a crowd expensive. */
    public static final int SHOWN = 50;

    static final Roster EMPTY = new Roster(0, List.of(), true);

    public Roster {
        shown = List.copyOf(shown);
    }

    /** How many are there whose names are not shown. */
    public int more() {
        return online - shown.size();
    }
}
