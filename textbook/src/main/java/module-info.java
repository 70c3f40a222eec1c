/** A neural network in doubles and plain loops: for readers, and the oracle of core's tests. */
module dev.glia.textbook {
  requires static org.jspecify;

  exports dev.glia.textbook;
}
