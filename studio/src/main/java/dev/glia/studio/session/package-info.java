/** The runs that pages have, and how pages see them. Internal. */
@NullMarked
package dev.glia.studio.session;

import org.jspecify.annotations.NullMarked;
