/** Requests and answers: who may ask, what is given out. Internal. */
@NullMarked
package dev.glia.studio.http;

import org.jspecify.annotations.NullMarked;
