package dev.glia.image;

import java.net.URI;
import java.util.List;

/**
 * A public collection of images in IDX files: where it is had and how it is known.
 *
 * @param name what it is called, also its folder in the cache
 * @param classNames one name a label
 * @param sources folders that hold the files, the first one tried first; HTTPS, ending in a slash
 * @param files its files
 */
public record PublicImages(
    String name, List<String> classNames, List<URI> sources, List<RemoteFile> files) {

  /**
   * Checks the sources.
   *
   * @throws IllegalArgumentException if one is not an HTTPS folder
   */
  public PublicImages {
    classNames = List.copyOf(classNames);
    sources = List.copyOf(sources);
    files = List.copyOf(files);
    for (URI source : sources) {
      if (!"https".equals(source.getScheme()) || !source.toString().endsWith("/")) {
        throw new IllegalArgumentException(
            name + " must come from an HTTPS address that ends in a slash, got " + source + ".");
      }
    }
  }
}
