/** The trained model as a user holds it: preprocessing, network, labels, and its file. */
@NullMarked
package dev.glia.model;

import org.jspecify.annotations.NullMarked;
