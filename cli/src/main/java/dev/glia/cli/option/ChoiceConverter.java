package dev.glia.cli.option;

import dev.glia.internal.text.OutsideText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** An option that takes one of a few words, which are an enum's names in small letters. */
public abstract class ChoiceConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  public ChoiceConverter(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    List<String> words =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    int choice = words.indexOf(text.toLowerCase(Locale.ROOT));
    if (choice < 0) {
      throw new IllegalArgumentException(
          "Expected %s, got %s.".formatted(String.join(" or ", words), OutsideText.quoted(text)));
    }
    return type.getEnumConstants()[choice];
  }
}
