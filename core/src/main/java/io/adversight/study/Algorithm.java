package io.adversight.study;

import io.adversight.attack.Attack;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.input.InputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An entry of the catalogue with some parameters changed.
 *
 * @param id of the entry
 * @param parameters changed ones by name, as text
 */
public record Algorithm(String id, Map<String, String> parameters) {
  public Algorithm {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The algorithm in the paper's setting. */
  public static Algorithm of(String id) {
    return new Algorithm(id, Map.of());
  }

  /** This algorithm with another value of one parameter. */
  public Algorithm with(String parameter, String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, value);
    return new Algorithm(id, changed);
  }

  /** The entry of the catalogue, among those of the given kinds. */
  public Entry<?> entry(Kind... kinds) {
    return Catalog.find(id, kinds);
  }

  /** The algorithm itself. */
  public <T> T create(Class<T> type, Kind... kinds) {
    return type.cast(entry(kinds).create(parameters));
  }

  /**
   * The attack, checked as far as it can be before any image is seen.
   *
   * @throws IllegalArgumentException naming the attack, if it does not know the norm
   */
  public Attack attack(Norm norm) {
    Attack attack =
        create(Attack.class, Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK);
    if (!attack.norms().contains(norm)) {
      List<Norm> known = attack.norms().stream().sorted().toList();
      throw new InputException(
          "%s does not know the norm %s; it knows %s (--norm %s)"
              .formatted(id, norm, known, known.get(0)));
    }
    return attack;
  }

  /**
   * The attack on a network, checked as far as it can be before any image is seen.
   *
   * @param classes how many the network has
   * @param targeted whether a class is wanted
   * @throws IllegalArgumentException naming the attack, if it does not know the norm or is not made
   *     for so many classes or for a target
   */
  public Attack attack(Norm norm, int classes, boolean targeted) {
    Attack attack = attack(norm);
    try {
      attack.check(classes, targeted);
    } catch (InputException e) {
      throw new InputException(id + ": " + e.getMessage(), e);
    }
    return attack;
  }

  @Override
  public String toString() {
    return parameters.isEmpty()
        ? id
        : id
            + parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", "(", ")"));
  }
}
