/** The directory of the embedded database, and the permissions of its files. Internal: changes without notice. */
@NullMarked
package chat.klatsch.store.file;

import org.jspecify.annotations.NullMarked;
