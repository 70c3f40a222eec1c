package dev.glia.studio.run;

/** How a run is. */
public enum Status {
  /** It has not begun. */
  READY,
  /** It trains. */
  RUNNING,
  /** It was stopped and can go on. */
  PAUSED,
  /** All epochs are trained. */
  FINISHED,
  /** Its numbers stopped being finite, or it could not begin. */
  FAILED
}
