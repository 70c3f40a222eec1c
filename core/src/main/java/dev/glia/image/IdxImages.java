package dev.glia.image;

import dev.glia.table.ByteMatrix;
import dev.glia.table.ImageSize;

/**
 * The grey images of one IDX file.
 *
 * @param pixels {@code [images][height * width]}, each image row by row from the top left
 * @param size the size of every image
 */
public record IdxImages(ByteMatrix pixels, ImageSize size) {}
