package chat.klatsch.web.account;

import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FileUpload;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.UploadedForm;
import java.util.function.Consumer;

/** Receives avatars, with whatever else their form contains. Thread-safe. */
public final class AvatarUploads {
    private static final int MAX_BYTES = 5_000_000;
    private static final int PER_MINUTE = 10;

    private final ProfileService profiles;
    private final RateLimiter rate = new RateLimiter("Too many uploads. Please wait a minute.", PER_MINUTE, PER_MINUTE);
    private final FileUpload uploads = new FileUpload("avatar", MAX_BYTES);

    public AvatarUploads(ProfileService profiles) {
        this.profiles = profiles;
    }

    void receive(ChatRequest request, Consumer<UploadedForm> use) {
        uploads.receive(request, use);
    }

    /** Makes the file of the form the user's avatar. @throws ChatException for a file that is no avatar */
    void store(ChatRequest request, UploadedForm form) {
        rate.take(request.user().id());
        profiles.setAvatar(request.user(), form.file());
    }

    void remove(ChatRequest request) {
        profiles.removeAvatar(request.user());
    }
}
