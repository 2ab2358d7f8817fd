/** Users' own data and owners' rooms as files. Internal: changes without notice. */
@NullMarked
package chat.klatsch.export;

import org.jspecify.annotations.NullMarked;
