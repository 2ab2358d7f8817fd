package chat.klatsch.profile;

/** Makes small pictures of people out of the files that they send. Thread-safe; takes a noticeable part of a second. */
public interface AvatarProcessor {
    /**
     * A picture that holds nothing of the file but what is seen in its middle.
     *
     * @throws chat.klatsch.core.ChatException INVALID for anything but a whole, still picture of a reasonable size, and
     *     UNAVAILABLE while too many others wait for theirs
     */
    Avatar portrait(byte[] file);
}
