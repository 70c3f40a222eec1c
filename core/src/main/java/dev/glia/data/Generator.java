package dev.glia.data;

/** A data set that is made, not read: the same settings give the same rows. */
public interface Generator {

  /** Makes the rows. */
  Table generate();
}
