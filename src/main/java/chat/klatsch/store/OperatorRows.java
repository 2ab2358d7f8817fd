package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads and locks the operators. Their rows are locked together, so that their actions run one at a time. */
public final class OperatorRows {
    private OperatorRows() {}

    public static boolean isOperator(Handle handle, UserId user) {
        return Queries.exists(handle, "select 1 from users where id = ? and operator", user.value());
    }

    /** Returns whether there is no operator yet. If so, locks the lobby, so that of concurrent sign-ups one becomes it. */
    public static boolean hasNone(Handle handle) {
        if (exists(handle)) {
            return false;
        }
        RoomLock.lock(handle, RoomId.LOBBY);
        return !exists(handle);
    }

    public static boolean exists(Handle handle) {
        return Queries.exists(handle, "select 1 from users where operator limit 1");
    }

    /**
     * Locks the operators until the commit and returns them.
     *
     * @throws ChatException FORBIDDEN if the user is not one of them, unless it is the application around the chat
     */
    public static List<UserId> lock(Handle handle, UserId operator) {
        List<UserId> operators = lock(handle);
        if (!operators.contains(operator) && !UserRows.isApplication(handle, operator)) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "refusal.operator.former");
        }
        return operators;
    }

    /**
     * Locks the operators until the commit.
     *
     * @throws ChatException INVALID if the user is the only operator
     */
    public static void refuseLast(Handle handle, UserId user) {
        refuseLast(lock(handle), user);
    }

    /** @throws ChatException INVALID if the user is the only operator */
    public static void refuseLast(List<UserId> operators, UserId user) {
        if (operators.equals(List.of(user))) {
            throw new ChatException(ChatException.Kind.INVALID, "refusal.operator.only");
        }
    }

    private static List<UserId> lock(Handle handle) {
        return handle.select("select id from users where operator order by id for update")
                .mapTo(Long.class)
                .map(UserId::new)
                .list();
    }
}
