/** Finding what was said, in one's own rooms alone. Free of libraries like the rest of the heart. */
@NullMarked
package chat.klatsch.search;

import org.jspecify.annotations.NullMarked;
