package chat.klatsch.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.klatsch.fixture.ChatClient;
import chat.klatsch.fixture.ChatExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finds the JavaScript in templates, which is limited to a few expressions that SECURITY.md explains. */
class ExpressionsTest {
    @RegisterExtension
    static final ChatExtension chat = ChatExtension.withDefaults();

    private static final Pattern ATTRIBUTE = Pattern.compile("\\s(hx-[\\w:.-]+|on\\w+)=(\"[^\"]*\"|'[^']*')");
    private static final Pattern FILTER = Pattern.compile("\\w\\[([^\\]]*)]");
    private static final Pattern SCRIPT = Pattern.compile("[\"'](?:js|javascript):(.*)[\"']");

    private static final List<String> EXPRESSIONS = List.of(
            "key=='Enter'&&!shiftKey&&!altKey&&!isComposing&&keyCode!=229"
                    + "&&(ctrlKey||metaKey||!matchMedia('(pointer:coarse)').matches)"
                    + "&&this.nextElementSibling",
            "this.parentNode.nextElementSibling"
                    + "&&Object.assign(this.parentNode,{id:'',className:'composer pending'})"
                    + "&&!Object.assign(this.parentNode.nextElementSibling,{id:'composer',hidden:false})"
                    + ".body.focus()",
            "this.parentNode.body.value!==(this.text??this.parentNode.body.defaultValue)",
            "this.parentNode.body.value!==(this.text??this.parentNode.body.defaultValue)",
            "this.text=0",
            "this.text=0",
            "{at: (this.text = this.parentNode.body.value, Math.ceil(Math.max(performance.timeOrigin,"
                    + " this.dataset.after) + performance.now())), unsent: !this.parentNode.id}",
            "this.hidden=false",
            "this.hidden=false",
            "document.querySelector('.pending:not(.kept)')",
            "document.querySelector('.pending:not(.kept)')",
            "document.querySelector('.pending:not(.kept)')",
            "this.matches('.pending:not(.kept,:has(.refusal))')",
            "persisted",
            "persisted",
            "target.matches('#scroller,.message,.message :is(a,button,pre,.more input)')&&!altKey&&!ctrlKey&&"
                    + "!metaKey&&!shiftKey&&(to=>to&&to.focus())(((message,all)=>key=='ArrowUp'?message?mes"
                    + "sage.previousElementSibling:document.querySelector('.message:last-child'):key=='Arro"
                    + "wDown'?message&&message.nextElementSibling:message&&key=='ArrowRight'?all.at(all.ind"
                    + "exOf(target)+1):message&&key=='ArrowLeft'?all.at(Math.max(all.indexOf(target)-1,0)):"
                    + "null)(target.closest('.message'),Array.from(document.querySelectorAll('.message:focu"
                    + "s-within article :is(a:not(.avatar-frame,.actions-link),button,pre,.more input),.mess"
                    + "age:focus-within .reaction'))))",
            "{...(seen=>({from:seen[0]||0,read:seen.pop()||0}))"
                    + "([...document.querySelectorAll('.message')]"
                    + ".filter(message=>message.getBoundingClientRect().bottom"
                    + ">document.querySelector('#scroller').getBoundingClientRect().top+8"
                    + "&&message.getBoundingClientRect().top"
                    + "<document.querySelector('#scroller').getBoundingClientRect().bottom-24)"
                    + ".map(message=>Number(message.dataset.seq)))}",
            // The menu: empties when it opens, moves to another message, closes.
            "newState=='open'&&(this.textContent='',delete this.dataset.acted,false)",
            "target.closest('.message-actions')&&this.from!=(this.from=target.closest('.message-actions'))"
                    + "&&(this.hidePopover(),false)",
            "relatedTarget&&!this.contains(relatedTarget)&&this.hidePopover()",
            "(this.dataset.acted='',this.hidePopover())",
            // An open edit: the focus, and that it stays in the visible part of the page.
            "this.parentNode.body.focus()||this.remove()",
            "(target.autofocus=false,this.parentNode.scrollIntoView({block:'nearest'}),false)",
            "this.parentNode.matches(':focus-within')" + "&&(this.parentNode.scrollIntoView({block:'nearest'}),false)",
            // The names of members: the one before the caret, the chosen one, keys, and when it goes.
            "(this.field=target,this.start=(/(?:^|\\s)@(\\S{1,32})$/"
                    + ".exec(target.value.slice(0,target.selectionStart))||'').at(1))||(this.textContent='')",
            "(this.chosen=target.closest('button'))&&this.field.focus()"
                    + "||this.chosen&&(this.caret=this.field.selectionStart,"
                    + "this.field.setSelectionRange(this.field.value.lastIndexOf('@',this.caret-1),this.caret),"
                    + "document.execCommand('insertText',false,this.chosen.value),this.textContent='')",
            "(key=='ArrowDown'?target.nextElementSibling:key=='ArrowUp'?target.previousElementSibling"
                    + ":key=='Escape'?this.field:null)?.focus()",
            "key=='Escape'&&(this.textContent='')",
            "this.textContent=''",
            "{start: this.start}",
            "(this.first=document.querySelector('#names button'))&&!isComposing&&!shiftKey"
                    + "&&(key=='Tab'?!this.first.click():(key=='ArrowDown'||key=='ArrowUp')"
                    + "&&!this.first.focus())",
            // The button that copies a link.
            "this.parentNode.querySelector('input').select(),"
                    + "document.execCommand('copy')&&(this.textContent=this.dataset.copied,false)",
            // A page that has been open for an hour, in which the day may have changed.
            "performance.now()>36e5",
            // The keys to cancel an edit and a reply, and to edit the last message.
            "key=='Escape'&&!isComposing&&!document.querySelector('#names button')",
            "key=='Escape'&&!isComposing&&!document.querySelector('#names button')",
            "key=='ArrowUp'&&!target.value&&!isComposing&&!shiftKey&&!altKey&&!ctrlKey&&!metaKey",
            // The panels of a phone.
            "(before=>before&&before.sameDocument?history.back():location.replace('#'))"
                    + "(window.navigation&&navigation.entries().slice(0,navigation.currentEntry.index)"
                    + ".pop())",
            "key=='Escape'&&document.location.hash=='#${panel}'&&!document.querySelector(':popover-open')"
                    + "&&this.checkVisibility()&&this.click()",
            "(ctrlKey||metaKey)&&!altKey&&!shiftKey&&key=='k'"
                    + "&&document.getElementById('switcher').togglePopover(true)");

    @Test
    void templates_contain_these_expressions_and_no_other_script() throws IOException {
        assertThat(attributes().flatMap(ExpressionsTest::expressions)).containsExactlyInAnyOrderElementsOf(EXPRESSIONS);
        assertThat(attributes().map(attribute -> attribute.group(1)))
                .noneMatch(name -> name.startsWith("on") || name.startsWith("hx-on"));
    }

    /** The parts of an address or an expression that a template computes are no text of users. */
    @Test
    void rooms_on_a_page_are_named_in_one_expression_only() {
        ChatClient alice = chat.user("alice");
        alice.posts("hello");
        alice.post(alice.at("draft"), Map.of("body", "half", "key", "A.1"));
        for (String path : List.of("rooms/lobby", "rooms/lobby?at=1", "rooms/lobby/about", "settings", "mentions")) {
            List<String> unknown = alice.page(path).getAllElements().stream()
                    .flatMap(element -> element.attributes().asList().stream())
                    .filter(attribute -> attribute.getKey().startsWith("hx-"))
                    .flatMap(attribute -> ATTRIBUTE
                            .matcher(" " + attribute.getKey() + "=\"" + attribute.getValue() + "\"")
                            .results())
                    .flatMap(ExpressionsTest::expressions)
                    .map(expression ->
                            expression.replace("'#rooms'", "'#${panel}'").replace("'#people'", "'#${panel}'"))
                    .filter(expression -> !EXPRESSIONS.contains(expression))
                    .distinct()
                    .toList();
            assertThat(unknown)
                    .as(path)
                    .isEqualTo(
                            path.matches("rooms/lobby(\\?.*)?")
                                    ? List.of("document.querySelector('#r-lobby .unsent')")
                                    : List.of());
        }
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
