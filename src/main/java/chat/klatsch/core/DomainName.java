package chat.klatsch.core;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes internationalised domain names in ASCII, as browsers and mail servers do (IDNA 2008, RFC 5891; Punycode, RFC
 * 3492). {@link java.net.IDN} follows the older IDNA 2003, by which {@code faß.de} would become {@code fass.de}, the domain
 * of somebody else.
 */
public final class DomainName {
    private static final Pattern DOT = Pattern.compile("[.\u3002\uff0e\uff61]");
    private static final Pattern LABEL = Pattern.compile("(?!-)[\\p{L}\\p{M}\\p{N}_-]{1,63}(?<!-)");

    /** Characters without a form of their own, which do not distinguish names. */
    private static final Pattern IGNORED = Pattern.compile("[\u00ad\u034f\u200b\u2060\ufe00-\ufe0f\ufeff]");

    private static final int MAX_LENGTH = 254;

    private static final int BASE = 36;
    private static final int MAX_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;

    private DomainName() {}

    /** Returns a domain of ASCII letters as it is, and an invalid one in a form that is invalid, too. */
    public static String toAscii(String domain) {
        return domain.length() > MAX_LENGTH || isAscii(domain)
                ? domain
                : Arrays.stream(DOT.split(domain, -1)).map(DomainName::label).collect(Collectors.joining("."));
    }

    private static String label(String typed) {
        String bare = IGNORED.matcher(typed.toLowerCase(Locale.ROOT)).replaceAll("");
        String label = Normalizer.normalize(bare, Normalizer.Form.NFKC);
        return isAscii(label) || !LABEL.matcher(label).matches()
                ? label
                : "xn--" + punycode(label.codePoints().toArray());
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter < 128);
    }

    /** Encodes as RFC 3492, section 6.3, does. The length of a label rules out an overflow. */
    private static String punycode(int[] letters) {
        StringBuilder encoded = new StringBuilder();
        Arrays.stream(letters).filter(letter -> letter < 128).forEach(encoded::appendCodePoint);
        int basic = encoded.length();
        int handled = basic;
        if (basic > 0) {
            encoded.append('-');
        }
        int delta = 0;
        int bias = 72;
        for (int letter = 128; handled < letters.length; letter++, delta++) {
            int least = letter;
            int next =
                    Arrays.stream(letters).filter(other -> other >= least).min().orElseThrow();
            delta += (next - letter) * (handled + 1);
            letter = next;
            for (int other : letters) {
                if (other < letter) {
                    delta++;
                } else if (other == letter) {
                    appendNumber(encoded, delta, bias);
                    bias = bias(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
        }
        return encoded.toString();
    }

    private static void appendNumber(StringBuilder encoded, int number, int bias) {
        int rest = number;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(1, Math.min(MAX_THRESHOLD, k - bias));
            if (rest < threshold) {
                encoded.append(digit(rest));
                return;
            }
            encoded.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int bias(int delta, int count, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - 1) * MAX_THRESHOLD / 2) {
            rest /= BASE - 1;
            k += BASE;
        }
        return k + BASE * rest / (rest + SKEW);
    }
}
