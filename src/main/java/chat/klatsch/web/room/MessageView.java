package chat.klatsch.web.room;

import chat.klatsch.core.User;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.Message;
import chat.klatsch.room.Room;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.Site;
import java.util.Set;

/**
 * A message and what the viewer may do with it.
 *
 * @param reactions the viewer's own, if they are shown
 */
public record MessageView(Site site, Room room, Message message, User viewer, LocalTimes times, Set<Emoji> reactions) {
    /** Returns an address below the message's own. */
    public String path(String rest) {
        return site.message(room.id(), message.seq()) + rest;
    }

    public boolean mayEdit() {
        return message.author().id().equals(viewer.id());
    }

    public boolean mayDelete() {
        return mayEdit() || room.isModeratedBy(viewer);
    }

    public String exactTime() {
        return times.exact(message.postedAt());
    }

    MessageView with(Set<Emoji> reactions) {
        return new MessageView(site, room, message, viewer, times, reactions);
    }
}
