/** JSON, as far as a model's file and the events of a training need it. Internal. */
@NullMarked
package dev.glia.internal.json;

import org.jspecify.annotations.NullMarked;
