/** Klatsch as a program and as a library: start-up, configuration and the wiring of all parts. */
@NullMarked
package chat.klatsch;

import org.jspecify.annotations.NullMarked;
