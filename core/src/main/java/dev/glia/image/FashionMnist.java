package dev.glia.image;

import java.net.URI;
import java.util.List;

/**
 * Fashion-MNIST: 70,000 pictures of garments in MNIST's format (Xiao, Rasul and Vollgraf, 2017).
 */
public final class FashionMnist {

  private FashionMnist() {}

  /** Where it is had and how it is known. */
  public static PublicImages images() {
    return new PublicImages(
        "fashion-mnist",
        List.of(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot"),
        List.of(
            // The authors' bucket by its own name: its website address has no HTTPS.
            URI.create("https://fashion-mnist.s3.eu-central-1.amazonaws.com/"),
            URI.create(
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/")),
        List.of(
            new RemoteFile(
                "train-images-idx3-ubyte",
                47_040_016,
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            new RemoteFile(
                "train-labels-idx1-ubyte",
                60_008,
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new RemoteFile(
                "t10k-images-idx3-ubyte",
                7_840_016,
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new RemoteFile(
                "t10k-labels-idx1-ubyte",
                10_008,
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")));
  }
}
