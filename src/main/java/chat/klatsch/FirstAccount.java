package chat.klatsch;

import chat.klatsch.account.SignUpRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether the first account takes a code, and logs the address with it. */
final class FirstAccount {
    private static final Logger log = LoggerFactory.getLogger(FirstAccount.class);

    private FirstAccount() {}

    /**
     * Returns whether others than the users of this machine may reach the chat. A proxy on the same machine that no setting
     * names is not recognised.
     */
    static boolean isExposed(ChatConfig config) {
        try {
            return config.publicUrl.isPresent()
                    || !config.trustedProxies.isEmpty()
                    || config.host.isEmpty()
                    || !InetAddress.getByName(config.host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** @param home the address of the front page, with a slash at its end */
    static void announce(SignUpRules rules, String home) {
        String text = "The chat has no account yet. The first one becomes an operator. Create it at {}signup?code={}";
        rules.issueCode().ifPresent(code -> log.info(text, home, code));
    }
}
