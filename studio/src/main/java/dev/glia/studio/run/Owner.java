package dev.glia.studio.run;

/** Who began a run. */
public enum Owner {
  /** A page: the run ends when nobody looks any more. */
  PAGE,
  /** {@code glia train --studio}: the run ends with the command. */
  COMMAND
}
