/** What users export, in SQL. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.export;

import org.jspecify.annotations.NullMarked;
