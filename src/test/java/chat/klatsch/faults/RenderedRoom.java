package chat.klatsch.faults;

import chat.klatsch.faults.History.Message;
import chat.klatsch.faults.History.RenderedPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Applies the chat's fragments to a room as the page does. Thread-safe. */
final class RenderedRoom {
    private final String observer;
    private final String room;
    private final List<Message> shown = new ArrayList<>();
    private final List<Message> received = new ArrayList<>();
    private final Map<String, Long> own = new HashMap<>();

    RenderedRoom(String observer, String room) {
        this.observer = observer;
        this.room = room;
    }

    String room() {
        return room;
    }

    /** Applies a frame and returns the messages in it. */
    synchronized List<Message> show(String frame) {
        List<Message> news = new ArrayList<>();
        for (Element element : Jsoup.parse(frame).select("hx-upsert[hx-target=#messages] > [id^=m-]")) {
            Message message = new Message(
                    room,
                    Long.parseLong(element.id().substring(2)),
                    element.attr("data-author"),
                    element.expectFirst(".body").wholeText());
            upsert(message);
            if (message.author().equals(observer)) {
                own.put(message.body(), message.seq());
            }
            news.add(message);
        }
        received.addAll(news);
        notifyAll();
        return news;
    }

    /** Replaces the message with the same id, or inserts it in order. */
    private void upsert(Message message) {
        int place = shown.size();
        while (place > 0 && shown.get(place - 1).seq() > message.seq()) {
            place--;
        }
        if (place > 0 && shown.get(place - 1).seq() == message.seq()) {
            shown.set(place - 1, message);
        } else {
            shown.add(place, message);
        }
    }

    /** Returns the sequence number of the last message, or 0. */
    synchronized long last() {
        return shown.isEmpty() ? 0 : shown.get(shown.size() - 1).seq();
    }

    /** Waits until the user's own message appears and returns its sequence number. */
    synchronized OptionalLong awaitOwn(String body, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            for (long left; !own.containsKey(body) && (left = end - System.nanoTime()) > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return own.containsKey(body) ? OptionalLong.of(own.get(body)) : OptionalLong.empty();
    }

    synchronized RenderedPage page() {
        return new RenderedPage(observer, room, shown, received);
    }
}
