package chat.klatsch.account;

/** Hashes passwords slowly on purpose. Thread-safe; both methods take a noticeable part of a second. */
public interface PasswordHasher {
    String hash(String password);

    boolean matches(String password, String hash);
}
