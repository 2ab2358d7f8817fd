package chat.klatsch.web.room;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The forms with unsent text beside the composer.
 *
 * @param unsent the messages that could not be sent, in the order in which they were
 */
public record OpenForms(List<Composer> unsent, List<EditForm> edits) {
    public static final OpenForms NONE = new OpenForms(List.of(), List.of());

    /** Orders each page's forms by their number, because they may be saved at the same time. */
    public OpenForms {
        unsent = unsent.stream()
                .collect(Collectors.groupingBy(Composer::series, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(page -> page.stream().sorted(Comparator.comparingInt(Composer::number)))
                .toList();
        edits = List.copyOf(edits);
    }

    /** Returns the edit of a message, if there is one. */
    public Optional<EditForm> edit(long seq) {
        return edits.stream().filter(edit -> edit.view().message().seq() == seq).findFirst();
    }
}
