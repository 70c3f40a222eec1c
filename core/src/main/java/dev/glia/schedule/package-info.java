/** How the learning rate changes while a network learns: one formula a file. */
@NullMarked
package dev.glia.schedule;

import org.jspecify.annotations.NullMarked;
