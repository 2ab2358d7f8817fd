package chat.klatsch;

import chat.klatsch.admin.SiteName;
import chat.klatsch.core.ChatException;
import chat.klatsch.core.NormalText;
import chat.klatsch.core.TextRules;
import chat.klatsch.web.view.Brand;
import chat.klatsch.web.view.Logo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The look of the chat: its name, logo and style sheet, and a link back to the app around it. Each method returns a look that
 * differs in one thing, and throws an {@link IllegalArgumentException} for an invalid value. Immutable.
 *
 * <pre>{@code
 * config.look(new Look().name("ACME Talk").style(":root { --klatsch-accent: #06c }").home("/", "Back to the shop"))
 * }</pre>
 */
public final class Look {
    private static final int MAX_STYLE_BYTES = 256 * 1024;
    private static final int MAX_TEXT_LENGTH = 60;

    private final SiteName name;
    private final Brand brand;

    /** The chat's own look. */
    public Look() {
        this(SiteName.DEFAULT, Brand.NONE);
    }

    private Look(SiteName name, Brand brand) {
        this.name = name;
        this.brand = brand;
    }

    /** The name of the chat until an operator gives it another one: 1 to 40 characters. */
    public Look name(String name) {
        try {
            return new Look(new SiteName(name), brand);
        } catch (ChatException refusal) {
            throw new IllegalArgumentException(refusal.getMessage(), refusal);
        }
    }

    /** The logo, an SVG or PNG file of at most 256 KiB. It is read at once. */
    public Look logo(Path file) {
        return logo(read(file, Logo.MAX_BYTES));
    }

    /** The logo, the content of an SVG or PNG file of at most 256 KiB. */
    public Look logo(byte[] image) {
        return with(new Brand(Optional.of(Logo.of(image)), brand.style(), brand.homeUrl(), brand.homeText()));
    }

    /** The style sheet that follows the chat's, a file in UTF-8 of at most 256 KiB. It is read at once. */
    public Look style(Path file) {
        try {
            byte[] css = read(file, MAX_STYLE_BYTES);
            return style(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(css))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the style sheet is not UTF-8", e);
        }
    }

    /**
     * The rules that follow the chat's style sheet, at most 256 KiB. The custom properties whose names begin with
     * {@code --klatsch-} stay from version to version; selectors do not.
     */
    public Look style(String css) {
        require(
                css.getBytes(StandardCharsets.UTF_8).length <= MAX_STYLE_BYTES,
                "a style sheet may have 256 KiB at most");
        return with(new Brand(brand.logo(), Optional.of(css), brand.homeUrl(), brand.homeText()));
    }

    /**
     * A link back to the app around the chat.
     *
     * @param url a URL, or a path on the same host
     * @param text 1 to 60 characters
     */
    public Look home(String url, String text) {
        return homeUrl(url).homeText(text);
    }

    Look homeUrl(String url) {
        UserSettings.requirePage(url, "a home URL looks like / or https://example.org/");
        return with(new Brand(brand.logo(), brand.style(), Optional.of(url), brand.homeText()));
    }

    Look homeText(String text) {
        String line = NormalText.line(text);
        require(
                !line.codePoints().allMatch(TextRules::isInvisible)
                        && line.codePointCount(0, line.length()) <= MAX_TEXT_LENGTH
                        && line.codePoints().noneMatch(TextRules::isMisleading),
                "the text of the link home must have 1 to 60 characters");
        return with(new Brand(brand.logo(), brand.style(), brand.homeUrl(), line));
    }

    SiteName name() {
        return name;
    }

    Brand brand() {
        return brand;
    }

    private Look with(Brand changed) {
        return new Look(name, changed);
    }

    private static byte[] read(Path file, int limit) {
        try {
            require(Files.isRegularFile(file), "there is no such file");
            require(Files.size(file) <= limit, "the file may have 256 KiB at most");
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file cannot be read", e);
        }
    }

    private static void require(boolean valid, String rule) {
        if (!valid) {
            throw new IllegalArgumentException(rule);
        }
    }
}
