package io.adversight.catalog;

import io.adversight.defense.Defense;
import io.adversight.defense.DefenseChain;
import io.adversight.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/** Defences as people write them: {@code jpeg(quality=50),bit-depth(bits=4)}. */
public final class DefenseText {
  private static final int MOST = 20;

  private DefenseText() {}

  /**
   * Reads a list of defences.
   *
   * @throws NoSuchElementException if the catalogue has no such defence or parameter
   * @throws IllegalArgumentException if a value cannot be read or is out of range
   */
  public static DefenseChain parse(String text) {
    List<DefenseChain.Part> parts = new ArrayList<>();
    for (String one : Call.split(text)) {
      if (one.isBlank()) {
        throw new InputException(
            "a defence is missing in \"%s\"; expected for example jpeg(quality=50),bit-depth"
                .formatted(text));
      }
      Call call = Call.parse(one);
      Entry<?> entry = Catalog.find(call.id(), Kind.DEFENSE);
      Defense defense = (Defense) entry.create(call.parameters());
      parts.add(new DefenseChain.Part(entry.id(), text(call), defense));
    }
    if (parts.size() > MOST) {
      throw new InputException(
          "at most %s defences can stand in front of a network, but %s were given"
              .formatted(MOST, parts.size()));
    }
    return new DefenseChain(parts);
  }

  private static String text(Call call) {
    return call.parameters().isEmpty()
        ? call.id()
        : call.id()
            + call.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(", ", "(", ")"));
  }
}
