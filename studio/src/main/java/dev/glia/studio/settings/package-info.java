/** What a page asks for: data, network and training, within limits. Internal. */
@NullMarked
package dev.glia.studio.settings;

import org.jspecify.annotations.NullMarked;
