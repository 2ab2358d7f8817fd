package chat.klatsch.account;

/** Hashes passwords, deliberately slowly. Thread-safe. Both methods take a noticeable part of a second. */
public interface PasswordHasher {
    String hash(String password);

    boolean matches(String password, String hash);
}
