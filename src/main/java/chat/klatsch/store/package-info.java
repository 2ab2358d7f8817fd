/** Where everything is kept: Jdbi over H2 or PostgreSQL, the SQL beside the method that runs it. */
@NullMarked
package chat.klatsch.store;

import org.jspecify.annotations.NullMarked;
