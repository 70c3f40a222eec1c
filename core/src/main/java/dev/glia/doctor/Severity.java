package dev.glia.doctor;

/** How bad a finding is. */
public enum Severity {
  /** Nothing will come of this training. */
  PROBLEM,
  /** The training could do much better, or its figures mislead. */
  WARNING,
  /** Good to know. */
  HINT
}
