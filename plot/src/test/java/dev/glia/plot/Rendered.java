package dev.glia.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Figures as tests look at them: the parsed SVG and the decoded PNG. */
final class Rendered {

  private Rendered() {}

  static String svg(Figure figure) {
    try {
      return new String(PictureFormat.SVG.encode(figure), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails if the SVG is not well-formed XML. */
  static Document parsed(Figure figure) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      byte[] bytes = svg(figure).getBytes(StandardCharsets.UTF_8);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    } catch (Exception e) {
      throw new AssertionError(svg(figure), e);
    }
  }

  /** What the SVG's text elements say. */
  static List<String> texts(Figure figure) {
    return contents(figure, "text");
  }

  static List<String> contents(Figure figure, String element) {
    NodeList nodes = parsed(figure).getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  static BufferedImage png(Figure figure) {
    try {
      return ImageIO.read(new ByteArrayInputStream(PictureFormat.PNG.encode(figure)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many of the PNG's pixels have exactly this colour. */
  static long pixels(Figure figure, int rgb) {
    BufferedImage image = png(figure);
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return IntStream.of(all).filter(pixel -> (pixel & 0xFFFFFF) == rgb).count();
  }
}
