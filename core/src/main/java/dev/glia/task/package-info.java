/** What is to be predicted: what a network's outputs stand for, and how good they are. */
@NullMarked
package dev.glia.task;

import org.jspecify.annotations.NullMarked;
