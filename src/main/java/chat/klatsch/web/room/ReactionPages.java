package chat.klatsch.web.room;

import chat.klatsch.core.ChatException;
import chat.klatsch.message.Emoji;
import chat.klatsch.message.MessageService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.Json;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.templates.StaticTemplates;
import java.util.List;

/** Reactions to a message, and the list of emoji to choose from. Thread-safe. */
public final class ReactionPages {
    private static final int MAX_SEARCH_LENGTH = 50;
    private static final int MAX_SKIPPED = 10_000;

    private final MessageService messageService;
    private final RateLimiter postRate;
    private final StaticTemplates templates = new StaticTemplates();

    public ReactionPages(MessageService messageService, RateLimiter postRate) {
        this.messageService = messageService;
        this.postRate = postRate;
    }

    /** Reactions count like posts, as each is broadcast to the room. */
    public void react(ChatRequest request) {
        MessageView view = MessageView.of(request, messageService);
        postRate.take(view.viewer().id());
        Emoji emoji = Emoji.of(request.form("emoji"));
        long seq = view.message().seq();
        if (isOn(request, view, emoji)) {
            messageService.react(view.room(), view.viewer(), seq, emoji);
        } else {
            messageService.unreact(view.room(), view.viewer(), seq, emoji);
        }
        if (request.isHtmx()) {
            MessageView now = MessageView.of(request, messageService);
            boolean isShown = now.message().reactions().stream()
                    .anyMatch(reaction -> reaction.emoji().equals(emoji));
            request.show(templates.roomActed(now, isShown ? "" : emoji.code()));
        } else {
            request.redirect(request.roomId(), "/messages/" + request.seq());
        }
    }

    /**
     * Returns whether to set the reaction or to remove it. A button sends the users whom it shows, and so removes the
     * reaction of a user whom it shows. A toggle of the current state would undo it when a request arrives twice.
     */
    private static boolean isOn(ChatRequest request, MessageView view, Emoji emoji) {
        String on = request.form("on");
        if (!List.of("", "true", "false").contains(on)) {
            throw new ChatException(ChatException.Kind.MALFORMED, "refusal.reaction.parameter");
        }
        boolean isShown = List.of(request.form(emoji.code()).split(" "))
                .contains(view.viewer().username());
        return on.isEmpty() ? !isShown : on.equals("true");
    }

    /** All emoji and a search for them. A search from the menu gets the results alone. */
    public void emoji(ChatRequest request) {
        MessageView view = MessageView.of(request, messageService);
        String words = request.query("q").orElse("");
        if (words.length() > MAX_SEARCH_LENGTH) {
            throw ChatException.invalid("refusal.search.long", MAX_SEARCH_LENGTH);
        }
        long skip = request.query("skip").map(Json::number).orElse(0L);
        EmojiResults results =
                EmojiResults.of(view.withReactions(messageService), words, (int) Math.min(MAX_SKIPPED, skip));
        if (!request.isHtmx()) {
            request.show(templates.roomMessagePage(request.page("react"), view, templates.roomEmojiPicker(results)));
        } else {
            request.show(
                    request.query("q").isPresent()
                            ? templates.roomEmojiResults(results)
                            : templates.roomEmojiPicker(results));
        }
    }
}
