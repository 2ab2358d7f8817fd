package chat.klatsch.markup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The usernames that a text may mention, in lower case.
 *
 * @param names the names that each {@code @} may mean, the longest first; the longest one that exists is mentioned
 */
public record MentionCandidates(List<List<String>> names) {
    /** The mentions that are looked up; a text with more is no message to somebody. */
    private static final int MAX_MENTIONS = 1_000;

    public MentionCandidates {
        names = List.copyOf(names);
    }

    /** Finds them in a text, except in code and addresses. */
    public static MentionCandidates in(String text) {
        List<List<String>> names = new ArrayList<>();
        if (mayMention(text)) {
            try {
                new BlockParser(text, candidates -> {
                            if (names.size() < MAX_MENTIONS) {
                                names.add(candidates);
                            }
                            return Optional.empty();
                        })
                        .parse();
            } catch (RuntimeException | StackOverflowError e) {
                // Pages show this text as it was written, without mentions, and log why.
                names.clear();
            }
        }
        return new MentionCandidates(names);
    }

    /** Returns whether the text contains an {@code @}, in any width. */
    public static boolean mayMention(String text) {
        return text.indexOf('@') >= 0 || text.indexOf('\uff20') >= 0;
    }

    public Set<String> all() {
        return names.stream().flatMap(Collection::stream).collect(Collectors.toSet());
    }

    /** Returns the names that are mentioned if those that fulfil the condition exist. */
    public Set<String> among(Predicate<String> existing) {
        return names.stream()
                .flatMap(candidates -> candidates.stream().filter(existing).findFirst().stream())
                .collect(Collectors.toSet());
    }
}
