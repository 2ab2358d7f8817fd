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
 * Why a letter was not sent: the kinds of failure and the server's codes, without its words, which repeat addresses.
 *
 * @param isFinal whether the server has said that it will not take it later either
 */
record SmtpFailure(String reason, boolean isFinal) {
    private static final int REFUSED_FOR_GOOD = 500;

    static SmtpFailure of(Exception failure) {
        List<String> reasons = new ArrayList<>();
        boolean isFinal = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = next(cause)) {
            int code = code(cause);
            reasons.add(cause.getClass().getSimpleName() + (code < 0 ? "" : " " + code));
            isFinal |= code >= REFUSED_FOR_GOOD || cause instanceof AuthenticationFailedException;
        }
        return new SmtpFailure(String.join(", ", reasons), isFinal);
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
