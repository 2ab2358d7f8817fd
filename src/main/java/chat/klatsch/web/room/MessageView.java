package chat.klatsch.web.room;

import chat.klatsch.core.User;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.Message;
import chat.klatsch.message.MessageService;
import chat.klatsch.message.Reaction;
import chat.klatsch.room.Room;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.view.LocalTimes;
import chat.klatsch.web.view.Site;
import java.util.Set;

/**
 * A message and what the viewer may do with it.
 *
 * @param reactions the viewer's own, if they are shown
 */
public record MessageView(Site site, Room room, Message message, User viewer, LocalTimes times, Set<Emoji> reactions) {
    /** Shows the message that the request's path names. */
    static MessageView of(ChatRequest request, MessageService messageService) {
        return of(request, messageService.message(request.room(), request.seq()));
    }

    /** Shows a message of the request's room without the viewer's reactions. */
    static MessageView of(ChatRequest request, Message message) {
        return new MessageView(request.site(), request.room(), message, request.user(), request.times(), Set.of());
    }

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

    /** Returns who reacted, as one line. */
    public String names(Reaction reaction) {
        String known = String.join(", ", reaction.usernames());
        int others = reaction.count() - reaction.usernames().size();
        return others > 0 ? site.text("reactors", known, others) : known;
    }

    public String exactTime() {
        return times.exact(message.postedAt());
    }

    /** Returns the author and time, by which screen readers tell one message's buttons from another's. */
    public String about() {
        return times.about(message);
    }

    MessageView withReactions(MessageService messageService) {
        return new MessageView(
                site, room, message, viewer, times, messageService.reactions(room, viewer, message.seq()));
    }
}
