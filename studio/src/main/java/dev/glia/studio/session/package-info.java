/** The runs that pages have: settings, a training thread each, and their past. Internal. */
@NullMarked
package dev.glia.studio.session;

import org.jspecify.annotations.NullMarked;
