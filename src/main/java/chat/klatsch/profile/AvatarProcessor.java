package chat.klatsch.profile;

/** Turns uploaded files into avatars. Thread-safe. A call takes a noticeable part of a second. */
public interface AvatarProcessor {
    /**
     * Returns the central square of the file's first frame, freshly encoded and without the file's metadata.
     *
     * @throws chat.klatsch.core.ChatException INVALID for a file that is not a complete image of a supported size and
     *     format, UNAVAILABLE while too many uploads are waiting
     */
    Avatar process(byte[] file);
}
