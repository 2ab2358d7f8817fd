/** The names of the tables. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.schema;

import org.jspecify.annotations.NullMarked;
