package chat.klatsch.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why an email was not sent: exception types and SMTP reply codes, without the server's text, which repeats
 * addresses.
 *
 * @param isPermanent whether a retry is pointless: the server replied with a 5xx code or refused the login
 */
record SmtpFailure(String reason, boolean isPermanent) {
    private static final int PERMANENT = 500;

    static SmtpFailure of(Exception failure) {
        List<String> reasons = new ArrayList<>();
        boolean isPermanent = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = next(cause)) {
            int code = code(cause);
            reasons.add(cause.getClass().getSimpleName() + (code < 0 ? "" : " " + code));
            isPermanent |= code >= PERMANENT || cause instanceof AuthenticationFailedException;
        }
        return new SmtpFailure(String.join(", ", reasons), isPermanent);
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause instanceof MessagingException messaging ? messaging.getNextException() : cause.getCause();
    }

    private static int code(Throwable cause) {
        if (cause instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        } else if (cause instanceof SMTPSendFailedException send) {
            return send.getReturnCode();
        } else if (cause instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return -1;
    }
}
