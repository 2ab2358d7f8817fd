package chat.klatsch.store.backup;

/** The number of rows in an entry of a backup, and the SHA-256 of its uncompressed bytes. */
record Checksum(long rows, String sha256) {
    static final String NAME = "checksums.json";
}
