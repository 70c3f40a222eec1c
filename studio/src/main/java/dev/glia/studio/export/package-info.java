/** What a page's user takes away from a run. Internal. */
@NullMarked
package dev.glia.studio.export;

import org.jspecify.annotations.NullMarked;
