package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finds the JavaScript in templates, which is limited to a few expressions that SECURITY.md explains. */
class ExpressionsTest {
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s(hx-[\\w:.-]+|on\\w+)=(\"[^\"]*\"|'[^']*')");
    private static final Pattern FILTER = Pattern.compile("\\w\\[([^\\]]*)]");
    private static final Pattern SCRIPT = Pattern.compile("[\"'](?:js|javascript):(.*)[\"']");

    @Test
    void templates_contain_these_expressions_and_no_other_script() throws IOException {
        assertThat(attributes().flatMap(ExpressionsTest::expressions))
                .containsExactlyInAnyOrder(
                        "key=='Enter'&&!shiftKey&&!altKey&&!isComposing&&keyCode!=229"
                                + "&&(ctrlKey||metaKey||!matchMedia('(pointer:coarse)').matches)"
                                + "&&this.nextElementSibling",
                        "this.parentNode.nextElementSibling"
                                + "&&Object.assign(this.parentNode,{id:'',className:'composer pending'})"
                                + "&&!Object.assign(this.parentNode.nextElementSibling,{id:'composer',hidden:false})"
                                + ".body.focus()",
                        "this.at||this.parentNode.body.value!=this.parentNode.body.defaultValue",
                        "{at: this.at = Math.ceil(Math.max(performance.timeOrigin, this.dataset.after)"
                                + " + performance.now()), unsent: !this.parentNode.id}",
                        "this.hidden=false",
                        "this.hidden=false",
                        "history.back()",
                        "key=='Escape'&&document.location.hash=='#${panel}'"
                                + "&&!document.querySelector(':popover-open')&&history.back()",
                        "(ctrlKey||metaKey)&&!altKey&&!shiftKey&&key=='k'"
                                + "&&document.getElementById('switcher').togglePopover(true)");
        assertThat(attributes().map(attribute -> attribute.group(1)))
                .noneMatch(name -> name.startsWith("on") || name.startsWith("hx-on"));
    }

    private static Stream<String> expressions(MatchResult attribute) {
        Pattern expression = attribute.group(1).equals("hx-trigger") ? FILTER : SCRIPT;
        return expression.matcher(attribute.group(2)).results().map(match -> match.group(1));
    }

    private static Stream<MatchResult> attributes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("templates"))) {
            List<Path> templates = files.filter(Files::isRegularFile).toList();
            return templates.stream()
                    .flatMap(file -> ATTRIBUTE.matcher(read(file)).results())
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
