package chat.klatsch.export;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.User;
import chat.klatsch.export.ExportStore.OwnMessage;
import chat.klatsch.export.ExportStore.OwnReaction;
import chat.klatsch.export.ExportStore.UnsentText;
import chat.klatsch.profile.Avatar;
import chat.klatsch.profile.Profile;
import chat.klatsch.profile.ProfileStore;
import chat.klatsch.room.Membership;
import chat.klatsch.room.MembershipService;
import chat.klatsch.room.Room;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the chat knows of one user as a ZIP file: the account, the rooms with mutes and invitations, the user's own
 * messages, reactions and unsent texts, and the avatar. No text of anybody else is in it but names and the reasons of mutes.
 * The audit log is not in it, which is for operators. Thread-safe.
 */
public final class PersonalExport {
    private final ExportStore store;
    private final ProfileStore profiles;
    private final MembershipService memberships;

    public PersonalExport(ExportStore store, ProfileStore profiles, MembershipService memberships) {
        this.store = store;
        this.profiles = profiles;
        this.memberships = memberships;
    }

    private interface Content {
        void write(JsonWriter json) throws IOException;
    }

    /**
     * Writes the file, and leaves the stream open. Reads the database page by page, and holds no connection to it while the
     * stream is written.
     *
     * @throws IOException if the stream cannot be written
     * @throws ChatException UNAVAILABLE while the database does not respond
     */
    public void write(User user, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        entry(zip, "account.json", json -> writeAccount(user, json));
        entry(zip, "rooms.json", json -> list(json, inner -> writeRooms(user, inner)));
        entry(zip, "mutes.json", json -> list(json, inner -> writeMutes(user, inner)));
        entry(zip, "invitations.json", json -> list(json, inner -> writeInvitations(user, inner)));
        entry(zip, "messages.json", json -> list(json, inner -> writeMessages(user, inner)));
        entry(zip, "reactions.json", json -> list(json, inner -> writeReactions(user, inner)));
        entry(zip, "unsent.json", json -> list(json, inner -> writeUnsent(user, inner)));
        Optional<Avatar> avatar = profiles.avatar(user.username());
        if (avatar.isPresent()) {
            zip.putNextEntry(new ZipEntry("avatar.jpg"));
            zip.write(avatar.get().jpeg());
        }
        zip.finish();
    }

    private static void entry(ZipOutputStream zip, String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Writer writer = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
        content.write(new JsonWriter(writer));
        writer.write('\n');
        writer.flush();
        zip.closeEntry();
    }

    private static void list(JsonWriter json, Content content) throws IOException {
        json.open('[');
        content.write(json);
        json.close(']');
    }

    private void writeAccount(User user, JsonWriter json) throws IOException {
        ExportStore.Account account = store.account(user.id());
        Profile profile = profiles.profile(user.username()).orElseThrow();
        json.open('{')
                .field("username", user.username())
                .field("displayName", user.displayName())
                .field("hostId", account.hostId().orElse(null))
                .field("email", account.email().orElse(null))
                .field("emailVerifiedAt", account.verifiedAt().orElse(null))
                .field("about", profile.about())
                .field("timeZone", profile.zone().getId())
                .field("clock", lower(profile.hours()))
                .field("language", profile.language())
                .field("operator", account.operator())
                .field("createdAt", profile.since())
                .field("bannedAt", account.bannedAt().orElse(null))
                .close('}');
    }

    private void writeRooms(User user, JsonWriter json) throws IOException {
        Map<RoomId, Instant> joinedAt = store.joinedAt(user.id());
        for (Membership membership : memberships.roomsOf(user)) {
            Room room = membership.room();
            json.openLine()
                    .field("id", room.id())
                    .field("name", room.name())
                    .field("kind", lower(room.kind()))
                    .field("owner", room.isOwnedBy(user))
                    .field("joinedAt", joinedAt.get(room.id()))
                    .field("readTo", membership.marker().seq())
                    .field("notifications", lower(membership.level()))
                    .field("starred", membership.starred())
                    .close('}');
        }
    }

    private void writeMutes(User user, JsonWriter json) throws IOException {
        for (ExportStore.Mute mute : store.mutes(user.id())) {
            json.openLine()
                    .field("room", mute.room())
                    .field("reason", mute.reason())
                    .close('}');
        }
    }

    private void writeInvitations(User user, JsonWriter json) throws IOException {
        for (ExportStore.Invitation invitation : store.invitations(user.id())) {
            json.openLine()
                    .field("room", invitation.room())
                    .field("invitedBy", invitation.inviter())
                    .field("invitedAt", invitation.at())
                    .field("declinedAt", invitation.declinedAt().orElse(null))
                    .close('}');
        }
    }

    private void writeMessages(User user, JsonWriter json) throws IOException {
        Windows.visit(store, window -> {
            for (OwnMessage message : store.messages(user.id(), window)) {
                at(json.openLine(), message.room(), message.seq())
                        .field("postedAt", message.postedAt())
                        .field("editedAt", message.editedAt().orElse(null))
                        .field("replyTo", orNull(message.replyTo()))
                        .field("body", message.body())
                        .name("reactions")
                        .open('{');
                for (Map.Entry<String, Long> reaction : message.reactions().entrySet()) {
                    json.field(reaction.getKey(), reaction.getValue());
                }
                json.close('}').close('}');
            }
        });
    }

    private void writeReactions(User user, JsonWriter json) throws IOException {
        Windows.visit(store, window -> {
            for (OwnReaction reaction : store.reactions(user.id(), window)) {
                at(json.openLine(), reaction.room(), reaction.seq())
                        .field("emoji", reaction.emoji())
                        .field("reactedAt", reaction.at())
                        .close('}');
            }
        });
    }

    private void writeUnsent(User user, JsonWriter json) throws IOException {
        for (Membership membership : memberships.roomsOf(user)) {
            for (UnsentText text : store.unsent(user.id(), membership.room().id())) {
                json.openLine()
                        .field("room", text.room())
                        .field("edits", orNull(text.seq()))
                        .field("replyTo", orNull(text.replyTo()))
                        .field("body", text.body())
                        .close('}');
            }
        }
    }

    private static JsonWriter at(JsonWriter json, RoomId room, long seq) throws IOException {
        return json.field("room", room).field("seq", seq);
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
