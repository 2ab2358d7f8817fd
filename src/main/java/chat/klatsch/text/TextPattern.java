package chat.klatsch.text;

import java.text.AttributedCharacterIterator;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A pattern of {@link MessageFormat}, parsed once. Thread-safe. */
final class TextPattern {
    /** Stands for an argument without a format of its own. */
    private record Argument(int index) {}

    private final MessageFormat format;

    /** The literal text and the {@link Argument}s in between. Empty if an argument has a format, such as a choice. */
    private final List<Object> parts;

    private TextPattern(MessageFormat format, List<Object> parts) {
        this.format = format;
        this.parts = parts;
    }

    /** @throws IllegalArgumentException for a malformed pattern */
    static TextPattern of(String pattern, Locale locale) {
        if (pattern.isEmpty()) {
            return new TextPattern(new MessageFormat("", locale), List.of(""));
        }
        MessageFormat format = new MessageFormat(pattern, locale);
        return new TextPattern(format, parts(format));
    }

    private static List<Object> parts(MessageFormat format) {
        int count = format.getFormatsByArgumentIndex().length;
        if (Arrays.stream(format.getFormats()).anyMatch(own -> own != null)) {
            return List.of();
        }
        // Names each argument by its number, to tell it from the next one.
        Object[] names = IntStream.range(0, count).mapToObj(Integer::toString).toArray();
        List<Object> parts = new ArrayList<>();
        AttributedCharacterIterator runs = format.formatToCharacterIterator(names);
        for (runs.first(); runs.current() != AttributedCharacterIterator.DONE; runs.setIndex(runs.getRunLimit())) {
            Object argument = runs.getAttribute(MessageFormat.Field.ARGUMENT);
            parts.add(argument == null ? run(runs) : new Argument((Integer) argument));
        }
        return List.copyOf(parts);
    }

    private static String run(AttributedCharacterIterator runs) {
        StringBuilder text = new StringBuilder();
        int start = runs.getIndex();
        for (int index = start; index < runs.getRunLimit(); index++) {
            text.append(runs.setIndex(index));
        }
        runs.setIndex(start);
        return text.toString();
    }

    /** Returns the number of the arguments. */
    int arguments() {
        return format.getFormatsByArgumentIndex().length;
    }

    /** Returns whether an argument has a format of its own, such as a choice. */
    boolean hasFormats() {
        return parts.isEmpty();
    }

    /** @param arguments strings and numbers */
    String format(Object... arguments) {
        if (hasFormats()) {
            return ((MessageFormat) format.clone()).format(arguments);
        }
        if (parts.size() == 1 && parts.get(0) instanceof String text) {
            return text;
        }
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part instanceof Argument argument ? shown(arguments[argument.index()]) : part);
        }
        return text.toString();
    }

    /**
     * Passes on the literal text and the arguments, one after the other, as strings or, where an argument is neither a string nor
     * a number, as it is.
     *
     * @throws IllegalStateException if an argument has a format of its own
     */
    void split(Consumer<Object> receiver, Object... arguments) {
        if (hasFormats()) {
            throw new IllegalStateException("an argument with a format of its own cannot hold an element");
        }
        for (Object part : parts) {
            receiver.accept(part instanceof Argument argument ? shown(arguments[argument.index()]) : part);
        }
    }

    private Object shown(Object argument) {
        return argument instanceof Number number
                ? NumberFormat.getInstance(format.getLocale()).format(number)
                : argument;
    }
}
