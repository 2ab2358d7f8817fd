/** Backups of a whole chat in one file, which either engine can restore. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.backup;

import org.jspecify.annotations.NullMarked;
