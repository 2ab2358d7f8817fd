/** What operators see and do, in SQL. */
@NullMarked
package chat.klatsch.store.admin;

import org.jspecify.annotations.NullMarked;
