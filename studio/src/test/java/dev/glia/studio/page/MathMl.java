package dev.glia.studio.page;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * What a formula of the page is worth: reads its MathML as a person would, and reckons in doubles.
 *
 * <p>Names with an index, such as a with i below, are elements of lists.
 */
final class MathMl {

  private static final Set<String> FUNCTIONS = Set.of("max", "tanh", "ln", "sign", "Φ", "φ", "σ");
  private static final String SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private final Map<String, Double> numbers = new HashMap<>();
  private final Map<String, double[]> lists = new HashMap<>();

  MathMl with(String name, double number) {
    numbers.put(name, number);
    return this;
  }

  MathMl with(String name, double[] list) {
    lists.put(name, list);
    return this;
  }

  double number(String name) {
    return numbers.getOrDefault(name, 0.0);
  }

  /** The value of a formula. */
  double value(String xml) {
    return value(parse(xml));
  }

  /** What an assignment gives its value to, such as {@code w_new}, or {@code m^} with its hat. */
  static String name(String xml) {
    Element element = parse(xml);
    while (children(element).size() == 1) {
      element = children(element).getFirst();
    }
    return nameOf(element);
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new IllegalArgumentException("No formula: " + xml, e);
    }
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element one) {
        children.add(one);
      }
    }
    return children;
  }

  private static String nameOf(Element element) {
    List<Element> parts = children(element);
    return element.getLocalName().equals("msub")
        ? nameOf(parts.get(0)) + "_" + parts.get(1).getTextContent()
        : element.getTextContent();
  }

  private double value(Element element) {
    List<Element> parts = children(element);
    return switch (element.getLocalName()) {
      case "mn", "mtext" -> number(element);
      case "mi", "mover" -> variable(element.getTextContent()); // m, and m with a hat
      case "mfrac" -> value(parts.get(0)) / value(parts.get(1));
      case "msup" -> Math.pow(value(parts.get(0)), value(parts.get(1)));
      case "msub" -> indexed(parts.get(0).getTextContent(), parts.get(1).getTextContent());
      case "mtable" -> choice(parts);
      case "msqrt" -> Math.sqrt(new Row(parts).sum());
      default -> new Row(parts).sum(); // math, mrow, mtd
    };
  }

  /** A number as the page writes it: 0.5, −8, 3.2 × 10⁻⁷. */
  private static double number(Element element) {
    return Figures.parse(element.getTextContent());
  }

  /** The page's own way to write numbers. */
  static final class Figures {

    private Figures() {}

    static double parse(String text) {
      String plain =
          text.replace('−', '-').replace('\u00a0', ' ').replace("(", "").replace(")", "");
      int times = plain.indexOf(" × 10");
      if (times < 0) {
        return switch (plain) {
          case "∞" -> Double.POSITIVE_INFINITY;
          case "-∞" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(plain);
        };
      }
      StringBuilder exponent = new StringBuilder();
      for (char c : plain.substring(times + 5).toCharArray()) {
        exponent.append(c == '⁻' ? "-" : String.valueOf(SUPERSCRIPT.indexOf(c)));
      }
      return Double.parseDouble(plain.substring(0, times) + "e" + exponent);
    }
  }

  private double variable(String name) {
    if (name.equals("e")) {
      return Math.E;
    }
    Double number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("The formula has a name that nobody knows: " + name);
    }
    return number;
  }

  private double indexed(String name, String indices) {
    if (name.equals("δ")) {
      return number(indices.substring(0, 1)) == number(indices.substring(1)) ? 1 : 0;
    }
    double[] list = lists.get(name);
    return list == null ? variable(name + "_" + indices) : list[(int) variable(indices)];
  }

  private double choice(List<Element> rows) {
    for (Element row : rows) {
      List<Element> cells = children(row);
      if (holds(cells.get(1))) {
        return value(cells.get(0));
      }
    }
    throw new IllegalArgumentException("No case holds.");
  }

  /** "if z > 0", "if |a − y| ≤ 1", "beyond". */
  private boolean holds(Element cell) {
    List<Element> parts = new ArrayList<>();
    flatten(cell, parts);
    if (parts.size() == 1) {
      return true; // beyond
    }
    for (int i = 1; i < parts.size(); i++) {
      String sign = parts.get(i).getTextContent();
      if (sign.equals(">") || sign.equals("≤")) {
        double left = new Row(parts.subList(1, i)).sum();
        double right = new Row(parts.subList(i + 1, parts.size())).sum();
        return sign.equals(">") ? left > right : left <= right;
      }
    }
    throw new IllegalArgumentException("No condition: " + cell.getTextContent());
  }

  private static void flatten(Element cell, List<Element> parts) {
    List<Element> children = children(cell);
    if (children.size() == 1 && !children.getFirst().getLocalName().equals("mtext")) {
      flatten(children.getFirst(), parts);
    } else {
      parts.addAll(children);
    }
  }

  /** Parts that stand side by side. */
  private final class Row {

    private final List<Element> parts;
    private int at;

    Row(List<Element> parts) {
      this.parts = parts;
    }

    private String next() {
      return at < parts.size() ? parts.get(at).getTextContent() : "";
    }

    private boolean take(String sign) {
      boolean here = next().equals(sign) && !parts.get(at).getLocalName().equals("mrow");
      if (here) {
        at++;
      }
      return here;
    }

    /** All that is left, up to a bracket or comma. */
    double sum() {
      double value = product();
      while (at < parts.size()) {
        if (take("+")) {
          value += product();
        } else if (take("−")) {
          value -= product();
        } else {
          return value;
        }
      }
      return value;
    }

    private double product() {
      double value = factor();
      while (at < parts.size() && !Set.of("+", "−", ")", "|", ",").contains(next())) {
        take("⋅");
        value *= factor();
      }
      return value;
    }

    private double factor() {
      if (take("−")) {
        return -product();
      }
      if (take("±")) {
        return Math.signum(numbers.get("a") - numbers.get("y")) * product();
      }
      if (take("(")) {
        double value = sum();
        take(")");
        return value;
      }
      if (take("|")) {
        double value = Math.abs(sum());
        take("|");
        return value;
      }
      if (at < parts.size() && parts.get(at).getLocalName().equals("munder")) {
        return each();
      }
      if (FUNCTIONS.contains(next())) {
        return function(parts.get(at++).getTextContent());
      }
      return value(parts.get(at++));
    }

    /** The sum of what follows over all elements. */
    private double each() {
      String index = next().substring(1);
      at++;
      int from = at;
      Double before = numbers.get(index);
      double total = 0;
      int count = lists.values().iterator().next().length;
      for (int i = 0; i < count; i++) {
        at = from;
        numbers.put(index, (double) i);
        total += product();
      }
      if (before != null) {
        numbers.put(index, before);
      }
      return total;
    }

    private double function(String name) {
      if (name.equals("max")) {
        Row arguments = new Row(children(parts.get(at++)));
        arguments.take("(");
        double first = arguments.sum();
        arguments.take(",");
        return Math.max(first, arguments.sum());
      }
      double x = factor();
      return switch (name) {
        case "tanh" -> Math.tanh(x);
        case "ln" -> Math.log(x);
        case "sign" -> Math.signum(x);
        case "Φ" -> normal(x);
        case "φ" -> density(x);
        default -> 1 / (1 + Math.exp(-x)); // σ
      };
    }
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The normal distribution function, by Simpson's rule from 0. */
  private static double normal(double x) {
    int steps = 2000;
    double width = x / steps;
    double sum = density(0) + density(x);
    for (int i = 1; i < steps; i++) {
      sum += density(i * width) * (i % 2 == 0 ? 2 : 4);
    }
    return 0.5 + sum * width / 3;
  }
}
