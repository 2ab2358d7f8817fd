package chat.klatsch.store.backup;

/** The reason why a file cannot be restored or a backup cannot be made, in one line for the operator. */
public final class BackupException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }

    static BackupException damaged(String reason) {
        return new BackupException("the backup is damaged or incomplete: " + reason);
    }

    static BackupException damaged(Exception cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new BackupException("the backup is damaged or incomplete: " + reason, cause);
    }
}
