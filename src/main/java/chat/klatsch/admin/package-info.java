/** Administration by operators: users, rooms, messages and the audit log. Internal: changes without notice. */
@NullMarked
package chat.klatsch.admin;

import org.jspecify.annotations.NullMarked;
