/** Administration by operators: users, rooms, messages and the audit log. */
@NullMarked
package chat.klatsch.admin;

import org.jspecify.annotations.NullMarked;
