package chat.klatsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.klatsch.core.Sha256;
import chat.klatsch.fixture.ChatClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores files that are damaged, incomplete, newer or made by somebody else. */
class DamagedBackupTest extends MovedChatTest {
    @Test
    void a_file_that_is_not_exactly_a_backup_is_refused_and_leaves_nothing() throws Exception {
        Path file = smallBackup();
        byte[] good = Files.readAllBytes(file);
        List<byte[]> damaged = new ArrayList<>();
        damaged.add(new byte[0]);
        damaged.add("not a backup at all".repeat(100).getBytes(StandardCharsets.US_ASCII));
        damaged.add(Arrays.copyOf(good, good.length + 1));
        for (int length = 1; length < good.length; length += 61) {
            damaged.add(Arrays.copyOf(good, length));
        }
        for (int position = 0; position < good.length; position += 37) {
            byte[] flipped = good.clone();
            flipped[position] ^= 0x10;
            damaged.add(flipped);
        }
        String target = inMemory();
        Path bad = scratch.resolve("bad.zip");
        for (byte[] bytes : damaged) {
            Files.write(bad, bytes);
            assertRefused(target, bad, "the backup is damaged or incomplete: ");
        }
        restore(target, file);
        try (ChatServer chat = start(target)) {
            assertThat(transcript(new ChatClient(chat.url(), "alice").signIn())).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL", "memory"})
    void a_stream_that_ends_early_or_has_a_wrong_byte_at_its_end_leaves_an_empty_database(String engine)
            throws Exception {
        byte[] good = Files.readAllBytes(smallBackup());
        String target = engine.equals("memory") ? inMemory() : place(engine);
        byte[] wrong = good.clone();
        wrong[good.length - 1] ^= 1;
        for (byte[] bytes :
                List.of(Arrays.copyOf(good, good.length / 2), Arrays.copyOf(good, good.length - 64), wrong)) {
            assertThatThrownBy(() -> restoreStream(target, bytes)).hasMessageStartingWith("the backup is damaged");
        }
        restoreStream(target, good);
        try (ChatServer chat = start(target)) {
            assertThat(transcript(new ChatClient(chat.url(), "alice").signIn())).hasSize(1);
        }
    }

    private static void restoreStream(String place, byte[] bytes) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(bytes));
        try {
            restore(place, Path.of("-"));
        } finally {
            System.setIn(before);
        }
    }

    /** A change to the entries of a backup by somebody who writes the checksum of the file, too. */
    private enum Change {
        NEWER_FORMAT("the backup is of a newer version of Klatsch") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent(
                        "manifest.json", (name, text) -> text.replace("\"format\" : 1", "\"format\" : 2"));
            }
        },
        NEWER_SCHEMA("the backup is of a newer version of Klatsch") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent(
                        "manifest.json", (name, text) -> text.replaceFirst("(\"schema\" : )\\d+", "$1 999"));
            }
        },
        OTHER_SCHEMA("which this version of Klatsch does not know") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent(
                        "manifest.json", (name, text) -> text.replaceFirst("(\"migration\" : \")", "$1x"));
            }
        },
        MISSING_TABLE("it has no rooms.jsonl where it should be") {
            @Override
            void apply(Map<String, String> entries) {
                entries.remove("rooms.jsonl");
            }
        },
        OTHER_ORDER("it has no users.jsonl where it should be") {
            @Override
            void apply(Map<String, String> entries) {
                Map<String, String> rest = new LinkedHashMap<>(entries);
                String users = rest.remove("users.jsonl");
                entries.clear();
                entries.put("manifest.json", String.valueOf(rest.remove("manifest.json")));
                entries.put("rooms.jsonl", String.valueOf(rest.remove("rooms.jsonl")));
                entries.put("users.jsonl", users);
                entries.putAll(rest);
            }
        },
        MISSING_ROW("rows of messages are missing") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent("messages.jsonl", (name, text) -> text.substring(0, text.lastIndexOf('\n')));
            }
        },
        OTHER_TEXT("its checksums are not those of its content") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent("messages.jsonl", (name, text) -> text.replace("hello", "hullo"));
            }
        },
        OTHER_TYPE("a value is not of type integer") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent(
                        "messages.jsonl", (name, text) -> text.replaceFirst("\"lobby\",1", "\"lobby\",true"));
            }
        },
        BROKEN_LINE("the backup is damaged or incomplete") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent("messages.jsonl", (name, text) -> text + "\n[");
            }
        },
        OTHER_COLUMN("its schema has no column colour") {
            @Override
            void apply(Map<String, String> entries) {
                entries.computeIfPresent("messages.jsonl", (name, text) -> text.replaceFirst("\"body\"", "\"colour\""));
            }
        };

        private final String refusal;

        Change(String refusal) {
            this.refusal = refusal;
        }

        abstract void apply(Map<String, String> entries);
    }

    @ParameterizedTest
    @EnumSource
    void a_backup_that_is_newer_or_not_consistent_is_refused(Change change) throws Exception {
        Path file = smallBackup();
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        change.apply(entries);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("0".repeat(64));
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] rest = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 64);
        Files.write(file, rest);
        Files.writeString(file, Sha256.hex(rest), StandardOpenOption.APPEND);

        assertRefused(inMemory(), file, change.refusal);
    }
}
