package chat.klatsch.web.markup;

import java.util.Set;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;

/** Turns off character references: {@code &lt;} is shown as these four characters. */
final class LiteralAmpersand implements InlineContentParserFactory {
    @Override
    public Set<Character> getTriggerCharacters() {
        return Set.of('&');
    }

    @Override
    public InlineContentParser create() {
        return LiteralAmpersand::parse;
    }

    private static ParsedInline parse(InlineParserState state) {
        state.scanner().next();
        return ParsedInline.of(new Text("&"), state.scanner().position());
    }
}
