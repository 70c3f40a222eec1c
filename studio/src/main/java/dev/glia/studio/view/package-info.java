/** What a page sees of a run at one moment: one part a file. Internal. */
@NullMarked
package dev.glia.studio.view;

import org.jspecify.annotations.NullMarked;
