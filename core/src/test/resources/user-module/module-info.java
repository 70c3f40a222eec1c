/** What somebody who uses the library writes. */
module user {
  requires dev.glia.core;
}
