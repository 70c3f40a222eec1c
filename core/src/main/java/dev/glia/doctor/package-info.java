/** Says while a network trains what is wrong with it and what to try. */
@NullMarked
package dev.glia.doctor;

import org.jspecify.annotations.NullMarked;
