/**
 * A neural network as a textbook has it: doubles and plain loops.
 *
 * <p>To be read from {@link dev.glia.textbook.TextbookNetwork} on: forward, backward, step. It
 * shares no code with the library, so that the fast engine can be compared with it.
 */
@NullMarked
package dev.glia.textbook;

import org.jspecify.annotations.NullMarked;
