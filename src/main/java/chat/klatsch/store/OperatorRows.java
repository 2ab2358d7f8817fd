package chat.klatsch.store;

import chat.klatsch.core.ChatException;
import chat.klatsch.core.RoomId;
import chat.klatsch.core.UserId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who the operators are. What they do is done one after the other, under the locks of all of their rows. */
public final class OperatorRows {
    private OperatorRows() {}

    public static boolean isOperator(Handle handle, UserId user) {
        return handle.createQuery("select operator from users where id = ?")
                .bind(0, user.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /** Whether somebody who signs up now is the first operator: of several at once one is. */
    public static boolean isWanted(Handle handle) {
        if (exists(handle)) {
            return false;
        }
        RoomLock.lock(handle, RoomId.LOBBY);
        return !exists(handle);
    }

    private static boolean exists(Handle handle) {
        return handle.createQuery("select count(*) from (select 1 from users where operator limit 1) one")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Makes the others wait until the commit. @throws ChatException FORBIDDEN for somebody who is none any more */
    public static List<UserId> lock(Handle handle, UserId operator) {
        List<UserId> operators = lock(handle);
        if (!operators.contains(operator)) {
            throw new ChatException(ChatException.Kind.FORBIDDEN, "You are not an operator any more.");
        }
        return operators;
    }

    /** Somebody who is going. @throws ChatException INVALID for the only operator */
    public static void leave(Handle handle, UserId user) {
        refuseLast(lock(handle), user);
    }

    /** @throws ChatException INVALID when there is no other */
    public static void refuseLast(List<UserId> operators, UserId leaving) {
        if (operators.equals(List.of(leaving))) {
            throw new ChatException(
                    ChatException.Kind.INVALID,
                    "There must be an operator, and there is no other. Please appoint somebody else first.");
        }
    }

    private static List<UserId> lock(Handle handle) {
        return handle.createQuery("select id from users where operator order by id for update")
                .mapTo(Long.class)
                .map(UserId::new)
                .list();
    }
}
