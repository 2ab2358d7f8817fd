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
                        "target.matches('#scroller,.message,.message a,.message button')&&!altKey&&!ctrlKey&&"
                                + "!metaKey&&!shiftKey&&(to=>to&&to.focus())(((message,all)=>key=='ArrowUp'?message?mes"
                                + "sage.previousElementSibling:document.querySelector('.message:last-child'):key=='Arro"
                                + "wDown'?message&&message.nextElementSibling:message&&key=='ArrowRight'?all.at(all.ind"
                                + "exOf(target)+1):message&&key=='ArrowLeft'?all.at(Math.max(all.indexOf(target)-1,0)):"
                                + "null)(target.closest('.message'),Array.from(document.querySelectorAll('.message:focu"
                                + "s-within :is(a:not(.avatar-frame,.actions-link),button)'))))",
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
                        // The focus: where an edit was opened, in an open edit, and in the visible part of the page.
                        "document.activeElement==document.body&&(document.querySelector(this.dataset.focus)"
                                + "||document.querySelector('#composer textarea')).focus()||this.remove()",
                        "this.parentNode.body.focus()||this.remove()",
                        "(target.autofocus=false,this.parentNode.scrollIntoView({block:'nearest'}),false)",
                        "this.parentNode.matches(':focus-within')"
                                + "&&(this.parentNode.scrollIntoView({block:'nearest'}),false)",
                        // The names of members: the one before the caret, the chosen one, keys, and when it goes.
                        "(this.start=(/(?:^|\\s)@(\\S{1,32})$/.exec(target.value.slice(0,target.selectionStart))||'')"
                                + ".at(1))||(this.textContent='')",
                        "(this.chosen=target.closest('button'))"
                                + "&&(this.field=document.querySelector('#composer textarea')).focus()"
                                + "||this.chosen&&(this.caret=this.field.selectionStart,"
                                + "this.field.setSelectionRange(this.field.value.lastIndexOf('@',this.caret-1),this.caret),"
                                + "document.execCommand('insertText',false,this.chosen.value),this.textContent='')",
                        "(key=='ArrowDown'?target.nextElementSibling:key=='ArrowUp'?target.previousElementSibling"
                                + ":key=='Escape'?document.querySelector('#composer textarea'):null)?.focus()",
                        "key=='Escape'&&(this.textContent='')",
                        "this.textContent=''",
                        "{start: this.start}",
                        "(this.first=document.querySelector('#names button'))&&!isComposing&&!shiftKey"
                                + "&&(key=='Tab'?!this.first.click():(key=='ArrowDown'||key=='ArrowUp')"
                                + "&&!this.first.focus())",
                        // The button that copies a link.
                        "this.parentNode.querySelector('input').select(),"
                                + "document.execCommand('copy')&&(this.textContent='Copied',false)",
                        // A page that has been open for an hour, in which the day may have changed.
                        "performance.now()>36e5",
                        // The keys to cancel an edit and a reply, and to edit the last message.
                        "key=='Escape'&&!isComposing",
                        "key=='Escape'&&!isComposing",
                        "key=='ArrowUp'&&!target.value&&!isComposing&&!shiftKey&&!altKey&&!ctrlKey&&!metaKey",
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
