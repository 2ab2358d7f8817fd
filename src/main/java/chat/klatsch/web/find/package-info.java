/** Finding rooms to go to and people to write to. Internal: changes without notice. */
@NullMarked
package chat.klatsch.web.find;

import org.jspecify.annotations.NullMarked;
