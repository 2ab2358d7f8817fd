package chat.klatsch.faults;

import chat.klatsch.faults.History.Acknowledged;
import chat.klatsch.faults.History.Message;
import chat.klatsch.faults.History.RenderedPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Mutations that each break one guarantee in a correct history. */
enum HistoryMutation {
    MISSING_ON_A_PAGE((history, random) -> onAPage(history, random, shown -> remove(shown, any(shown, random)))),
    NEVER_RECEIVED((history, random) ->
            inWhatAPageReceived(history, random, received -> remove(received, any(received, random)))),
    SHOWN_AND_NOT_STORED((history, random) ->
            new History(history.sent(), history.acknowledged(), history.pages(), without(history, random))),
    ACKNOWLEDGED_AND_NOT_STORED((history, random) -> {
        Acknowledged lost = any(history.acknowledged(), random);
        String room = lost.message().room();
        return moved(
                everywhere(
                        history,
                        messages -> messages.stream()
                                .filter(message -> !(message.room().equals(room) && message.seq() == lost.seq()))
                                .toList()),
                room,
                lost.seq(),
                -1);
    }),
    TWICE_ON_A_PAGE((history, random) -> onAPage(history, random, shown -> add(shown, any(shown, random)))),
    RECEIVED_TWICE((history, random) ->
            inWhatAPageReceived(history, random, received -> add(received, any(received, random)))),
    STORED_TWICE((history, random) -> {
        Message original = any(history.stored(), random);
        return stored(history, original.room(), original.author(), original.body());
    }),
    SWAPPED_ON_A_PAGE((history, random) -> onAPage(history, random, shown -> swap(shown, random))),
    RECEIVED_OUT_OF_ORDER(
            (history, random) -> inWhatAPageReceived(history, random, received -> swap(received, random))),
    SWAPPED_OF_ONE_AUTHOR((history, random) -> {
        // Exchanges anna's first and third message in the lobby everywhere, including acknowledgements.
        Message first = history.stored().get(0);
        Message third = history.stored().get(2);
        UnaryOperator<Message> exchange = message -> message.equals(first)
                ? new Message(first.room(), first.seq(), third.author(), third.body())
                : message.equals(third)
                        ? new Message(third.room(), third.seq(), first.author(), first.body())
                        : message;
        History exchanged =
                everywhere(history, messages -> messages.stream().map(exchange).toList());
        return acknowledgedElsewhere(exchanged, acknowledged -> {
            boolean inTheLobby = acknowledged.message().room().equals(first.room());
            long seq = acknowledged.seq();
            return inTheLobby && seq == first.seq()
                    ? third.seq()
                    : inTheLobby && seq == third.seq() ? first.seq() : seq;
        });
    }),
    SHOWN_AND_NEVER_STORED((history, random) -> onAPage(
            history, random, shown -> add(shown, new Message(any(shown, random).room(), 1_000, "anna", "a ghost")))),
    STORED_AND_NEVER_SENT(
            (history, random) -> stored(history, any(history.stored(), random).room(), "anna", "a ghost")),
    ANOTHER_TEXT_ON_A_SCREEN((history, random) ->
            onAPage(history, random, shown -> replace(shown, any(shown, random), "something else"))),
    ANOTHER_TEXT_STORED((history, random) -> {
        Message original = any(history.stored(), random);
        return everywhere(history, messages -> replace(messages, original, "something else"));
    }),
    ACKNOWLEDGED_WITH_ANOTHER_PLACE((history, random) -> {
        Acknowledged wrong = any(history.acknowledged(), random);
        return acknowledgedElsewhere(
                history, acknowledged -> acknowledged == wrong ? wrong.seq() + 1 : acknowledged.seq());
    }),
    A_GAP((history, random) -> {
        Message above = any(history.stored(), random);
        return moved(history, above.room(), above.seq(), 1);
    });

    /** Applies the mutation at a random position. */
    interface Inflicting {
        History inflict(History history, Random random);
    }

    private final Inflicting inflicting;

    HistoryMutation(Inflicting inflicting) {
        this.inflicting = inflicting;
    }

    History inflict(History history, Random random) {
        return inflicting.inflict(history, random);
    }

    private static History onAPage(History history, Random random, UnaryOperator<List<Message>> change) {
        return page(
                history,
                random,
                page -> new RenderedPage(page.observer(), page.room(), change.apply(page.shown()), page.received()));
    }

    private static History inWhatAPageReceived(History history, Random random, UnaryOperator<List<Message>> change) {
        return page(
                history,
                random,
                page -> new RenderedPage(page.observer(), page.room(), page.shown(), change.apply(page.received())));
    }

    /** Changes one page that shows enough messages for any change to matter. */
    private static History page(History history, Random random, UnaryOperator<RenderedPage> change) {
        RenderedPage chosen = any(
                history.pages().stream().filter(page -> page.shown().size() > 1).toList(), random);
        List<RenderedPage> pages = history.pages().stream()
                .map(page -> page == chosen ? change.apply(page) : page)
                .toList();
        return new History(history.sent(), history.acknowledged(), pages, history.stored());
    }

    private static List<Message> without(History history, Random random) {
        return remove(history.stored(), any(history.stored(), random));
    }

    /** Appends a message to a room and shows it on all pages. */
    private static History stored(History history, String room, String author, String body) {
        long last = history.stored().stream()
                .filter(message -> message.room().equals(room))
                .count();
        Message message = new Message(room, last + 1, author, body);
        return everywhere(history, messages -> isOf(room, messages) ? add(messages, message) : messages);
    }

    private static boolean isOf(String room, List<Message> messages) {
        return messages.stream().anyMatch(message -> message.room().equals(room));
    }

    /** Shifts the sequence numbers from a position on. */
    private static History moved(History history, String room, long from, long by) {
        History moved = everywhere(
                history,
                messages -> messages.stream()
                        .map(message -> message.room().equals(room) && message.seq() >= from
                                ? new Message(room, message.seq() + by, message.author(), message.body())
                                : message)
                        .toList());
        return acknowledgedElsewhere(
                moved,
                acknowledged -> acknowledged.message().room().equals(room) && acknowledged.seq() >= from
                        ? acknowledged.seq() + by
                        : acknowledged.seq());
    }

    /** Changes the stored messages and all pages in the same way. */
    private static History everywhere(History history, UnaryOperator<List<Message>> change) {
        List<RenderedPage> pages = history.pages().stream()
                .map(page -> new RenderedPage(
                        page.observer(), page.room(), change.apply(page.shown()), change.apply(page.received())))
                .toList();
        return new History(history.sent(), history.acknowledged(), pages, change.apply(history.stored()));
    }

    private static History acknowledgedElsewhere(History history, Function<Acknowledged, Long> place) {
        List<Acknowledged> acknowledged = history.acknowledged().stream()
                .map(each -> new Acknowledged(each.message(), place.apply(each)))
                .toList();
        return new History(history.sent(), acknowledged, history.pages(), history.stored());
    }

    private static List<Message> remove(List<Message> messages, Message message) {
        return messages.stream().filter(each -> !each.equals(message)).toList();
    }

    private static List<Message> add(List<Message> messages, Message message) {
        List<Message> more = new ArrayList<>(messages);
        more.add(message);
        return more;
    }

    private static List<Message> swap(List<Message> messages, Random random) {
        List<Message> swapped = new ArrayList<>(messages);
        int upper = random.nextInt(messages.size() - 1);
        Collections.swap(swapped, upper, upper + 1);
        return swapped;
    }

    private static List<Message> replace(List<Message> messages, Message original, String body) {
        return messages.stream()
                .map(each -> each.equals(original) ? new Message(each.room(), each.seq(), each.author(), body) : each)
                .toList();
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
