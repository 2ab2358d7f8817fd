/** User profiles: display name, text, avatar and time zone. Internal: changes without notice. */
@NullMarked
package chat.klatsch.profile;

import org.jspecify.annotations.NullMarked;
