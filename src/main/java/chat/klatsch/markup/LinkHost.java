package chat.klatsch.markup;

import chat.klatsch.core.DomainName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the host of a link whose text pretends to lead to another one. */
final class LinkHost {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?i)(?:https?://|\\b(?=www\\.))([^\\s/?#()<>,;\"']*)\\S*");
    private static final Pattern NAME = Pattern.compile("([\\p{L}\\p{N}._-]+)(?:[/?#]\\S*)?");
    private static final Pattern HOST = Pattern.compile(
            ".*[\\p{L}\\p{N}]\\.(?:\\p{L}{2,}|xn--[\\p{L}\\p{N}-]+|(?<=^[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.)[0-9]{1,3})");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Mn}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}]");

    private LinkHost() {}

    /** Returns the host of a bare address if a user name comes before it, which looks like a host itself, or else nothing. */
    static String behindUser(String address) {
        boolean isPlain = address.indexOf('@') < 0 || address.startsWith("mailto:");
        return isPlain || authority(address).indexOf('@') < 0 ? "" : of(address);
    }

    /** Returns the host of the address if the text contains something that looks like another host, or else nothing. */
    static String unlike(String text, String address) {
        if (text.chars().allMatch(character -> character == ' ' || character < 0x80 && Character.isLetter(character))) {
            return "";
        }
        String host = of(address);
        String plain = INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("")
                .replace('\u3002', '.')
                .toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(plain);
        boolean isOther = authority.results().anyMatch(found -> isOther(of("https://" + found.group(1)), host))
                || NAME.matcher(authority.replaceAll(found -> Matcher.quoteReplacement(user(found.group(1)))))
                        .results()
                        .map(found -> found.group(1).replaceFirst("\\.+$", ""))
                        .filter(name -> HOST.matcher(name).matches())
                        .anyMatch(name -> isOther(DomainName.toAscii(name), host));
        return isOther ? host : "";
    }

    private static boolean isOther(String name, String host) {
        return !withoutWww(name).equals(withoutWww(host));
    }

    private static String user(String authority) {
        return authority.substring(0, authority.lastIndexOf('@') + 1);
    }

    private static String of(String address) {
        String authority = authority(address);
        String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":[0-9]*$", "");
        return DomainName.toAscii(host.toLowerCase(Locale.ROOT));
    }

    private static String authority(String address) {
        return address.substring(address.indexOf(':') + 1)
                .replaceFirst("^//", "")
                .split("[/?#]", 2)[0];
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
