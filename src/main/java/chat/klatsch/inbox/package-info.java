/** What people have not read yet, in all their rooms, on all their screens. Free of libraries like the rest of the heart. */
@NullMarked
package chat.klatsch.inbox;

import org.jspecify.annotations.NullMarked;
