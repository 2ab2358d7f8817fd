package chat.klatsch.markup;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the host of a link whose text pretends to lead to another one. */
final class LinkHost {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?i)(?:https?://|\\b(?=www\\.))([^\\s/?#()<>,;\"']*)\\S*");
    private static final Pattern NAME = Pattern.compile("([\\p{L}\\p{N}.-]+)(?:[/?#]\\S*)?");
    private static final Pattern HOST =
            Pattern.compile(".*[\\p{L}\\p{N}]\\.(?:\\p{L}{2,}|xn--[\\p{L}\\p{N}-]+|[0-9]{1,3})");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Mn}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}]");

    private LinkHost() {}

    /** Returns the host of the address if the text contains something that looks like another host, or else nothing. */
    static String unlike(String text, String address) {
        String host = of(address);
        String plain = INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("")
                .replace('\u3002', '.')
                .toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(plain);
        if (authority
                .results()
                .anyMatch(found -> !withoutWww(of("https://" + found.group(1))).equals(withoutWww(host)))) {
            return host;
        }
        return NAME.matcher(authority.replaceAll("$1"))
                        .results()
                        .map(found -> found.group(1).replaceFirst("\\.+$", ""))
                        .filter(name -> HOST.matcher(name).matches())
                        .anyMatch(name -> !withoutWww(ascii(name)).equals(withoutWww(host)))
                ? host
                : "";
    }

    private static String of(String address) {
        int start = address.indexOf(':') + 1;
        String rest = address.substring(start).replaceFirst("^//", "");
        String authority = rest.split("[/?#]", 2)[0];
        String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":[0-9]*$", "");
        return ascii(host.toLowerCase(Locale.ROOT));
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
