/** From predictions to figures: accuracy, confusion matrix and others. */
@NullMarked
package dev.glia.metric;

import org.jspecify.annotations.NullMarked;
