package chat.klatsch.store.backup;

/** Is told how far a backup or a restore is. */
@FunctionalInterface
public interface Progress {
    void moved(long rows, long total);
}
