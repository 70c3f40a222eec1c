/** Sets of images: MNIST, Fashion-MNIST and IDX files of your own, with their download. */
@NullMarked
package dev.glia.image;

import org.jspecify.annotations.NullMarked;
