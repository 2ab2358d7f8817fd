package chat.klatsch.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** H2's paths to database files that survive a power cut, see {@link OrderedChannel}. H2 creates instances by reflection. */
public final class OrderedPath extends FilePathWrapper {
    private static final String SCHEME = "ordered";

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
        FileChannel channel = super.open(mode);
        return getName().endsWith(".mv.db") ? new OrderedChannel(channel) : channel;
    }
}
