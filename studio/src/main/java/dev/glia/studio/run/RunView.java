package dev.glia.studio.run;

import org.jspecify.annotations.Nullable;

/**
 * All that is shown of a run at the same time.
 *
 * @param lineNumber tells the line from those before it
 */
public record RunView(
    Timeline timeline,
    long lineNumber,
    Sample sample,
    Status status,
    @Nullable String error,
    Speed speed,
    long changes) {}
