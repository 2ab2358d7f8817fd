package chat.klatsch.web.markup;

import chat.klatsch.markup.EmojiOnly;
import chat.klatsch.markup.Node;
import chat.klatsch.message.Message;
import chat.klatsch.web.view.Site;
import gg.jte.Content;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.function.Function;

/**
 * A message's text as a page shows it.
 *
 * @param html the content of the {@code .body} element
 * @param isLarge whether the message consists of a few emoji
 * @param endsInOppositeDirection whether the last line is written in the opposite direction of the whole text
 * @param isLong whether it may be taller than a screen
 */
public record MessageBody(Content html, boolean isLarge, boolean endsInOppositeDirection, boolean isLong) {
    /** Renders a message, as plain text if that fails. */
    public static MessageBody of(Site site, Message message) {
        return of(site, message, Markup::parse);
    }

    static MessageBody of(Site site, Message message, Function<Message, List<Node>> parser) {
        return site.fallback()
                .render(
                        message.room(),
                        message.seq(),
                        () -> rendered(site, message, parser.apply(message)),
                        () -> plain(message.body()));
    }

    private static MessageBody rendered(Site site, Message message, List<Node> nodes) {
        String body = message.body();
        StringOutput html = new StringOutput(2 * body.length() + 64);
        new MarkupHtmlWriter(site, html).write(nodes);
        return new MessageBody(
                written(html), EmojiOnly.matches(body), Markup.endsInOppositeDirection(body), LongText.matches(body));
    }

    private static MessageBody plain(String body) {
        StringOutput html = new StringOutput();
        Escape.htmlContent(body, html);
        return new MessageBody(written(html), false, false, true);
    }

    /** Returns the whole HTML at once, since a failure must not leave a part of it on the page. */
    private static Content written(StringOutput html) {
        String content = html.toString();
        return output -> output.writeContent(content);
    }
}
