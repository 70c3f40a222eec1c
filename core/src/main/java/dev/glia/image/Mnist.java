package dev.glia.image;

import java.net.URI;
import java.util.List;

/**
 * MNIST: 70,000 handwritten digits of 28 x 28 pixels (LeCun, Cortes and Burges, 1998).
 *
 * <p>60,000 to train and 10,000 to test; as one data set in that order they are OpenML's {@code
 * mnist_784}.
 */
public final class Mnist {

  private Mnist() {}

  /** Where it is had and how it is known. */
  public static PublicImages images() {
    return new PublicImages(
        "mnist",
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
        List.of(
            new RemoteFile(
                "train-images-idx3-ubyte",
                47_040_016,
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new RemoteFile(
                "train-labels-idx1-ubyte",
                60_008,
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new RemoteFile(
                "t10k-images-idx3-ubyte",
                7_840_016,
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new RemoteFile(
                "t10k-labels-idx1-ubyte",
                10_008,
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")));
  }
}
