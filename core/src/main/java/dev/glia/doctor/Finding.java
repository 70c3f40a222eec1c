package dev.glia.doctor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a training.
 *
 * @param rule the name of the rule that found it, such as {@code dead-units}
 * @param severity how bad it is
 * @param sentence what is wrong
 * @param advice what to try, a sentence too
 * @param layer which layer, from 0; null if it is about the whole
 * @param change the settings that would try it, by the names of {@code glia train}'s options; empty
 *     if no setting does
 * @param changeLabel what the change does, short as on a button; empty if there is none
 */
public record Finding(
    String rule,
    Severity severity,
    String sentence,
    String advice,
    @Nullable Integer layer,
    Map<String, String> change,
    String changeLabel) {

  /** Keeps a copy of the change, in its order. */
  public Finding {
    change = Collections.unmodifiableMap(new LinkedHashMap<>(change));
  }

  Finding(String rule, Severity severity, @Nullable Integer layer, String sentence, Change change) {
    this(rule, severity, sentence, change.advice(), layer, change.settings(), change.label());
  }
}
