package chat.klatsch.web.account;

import chat.klatsch.profile.ProfileService;
import chat.klatsch.web.http.ChatRequest;
import chat.klatsch.web.http.FileUpload;
import chat.klatsch.web.http.RateLimiter;
import chat.klatsch.web.http.UploadedForm;

/**
 * Receives and removes avatars. Each change of one is sent to all open pages, so a user may make ten a minute. Thread-safe.
 */
public final class AvatarUploads {
    private static final int PER_MINUTE = 10;

    private final ProfileService profiles;
    private final RateLimiter rate = new RateLimiter("refusal.changes.many", PER_MINUTE);
    private final FileUpload uploads = new FileUpload("avatar");

    public AvatarUploads(ProfileService profiles) {
        this.profiles = profiles;
    }

    UploadedForm form(ChatRequest request) {
        return uploads.form(request);
    }

    /** Makes the file of the form the user's avatar. @throws ChatException for a file that is no avatar */
    void store(ChatRequest request, UploadedForm form) {
        rate.take(request.user().id());
        profiles.setAvatar(request.user(), form.file());
    }

    void remove(ChatRequest request) {
        rate.take(request.user().id());
        profiles.removeAvatar(request.user());
    }
}
