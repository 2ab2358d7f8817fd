package chat.klatsch.web.view;

import chat.klatsch.text.Texts;
import gg.jte.Content;
import gg.jte.TemplateOutput;

/** A text with elements in it, such as a link. Everything is escaped but the elements. */
record Sentence(Texts texts, String key, Object... arguments) implements Content {
    @Override
    public void writeTo(TemplateOutput output) {
        texts.split(
                key,
                part -> {
                    if (part instanceof Content element) {
                        output.writeUserContent(element);
                    } else {
                        output.writeUserContent(part.toString());
                    }
                },
                arguments);
    }
}
