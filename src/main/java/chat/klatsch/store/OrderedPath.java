package chat.klatsch.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** H2's paths to database files that survive a power cut, see {@link OrderedChannel}. H2 creates instances by reflection. */
public final class OrderedPath extends FilePathWrapper {
    private static final String SCHEME = "ordered";

    /** The open database files by their names. */
    private static final Map<String, OrderedChannel> CHANNELS = new ConcurrentHashMap<>();

    /** Returns the channel of an open database file, unless a host has opened it by a path of its own. */
    static Optional<OrderedChannel> channel(String name) {
        return Optional.ofNullable(CHANNELS.get(name));
    }

    /** Puts the scheme before the path of a URL that names a file. */
    static String url(String url) {
        FilePath.register(new OrderedPath());
        return url.replaceFirst(
                "^jdbc:h2:(?!\\.(;|$)|(mem|tcp|ssl|zip|" + SCHEME + "):)(file:)?", "jdbc:h2:" + SCHEME + ":");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        if (!name.endsWith(".mv.db")) {
            return super.open(mode);
        }
        OrderedChannel channel = new OrderedChannel(super.open(mode), closed -> CHANNELS.remove(name, closed));
        CHANNELS.put(name, channel);
        return channel;
    }
}
