/** The API, and Klatsch as a program: start-up, configuration and the wiring of all parts. */
@NullMarked
package chat.klatsch;

import org.jspecify.annotations.NullMarked;
