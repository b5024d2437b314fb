package io.adversight.catalog;

import io.adversight.attack.Fgsm;
import io.adversight.attack.Pgd;
import io.adversight.attribution.GradCam;
import io.adversight.attribution.Gradient;
import io.adversight.text.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * Every algorithm there is. Adding one costs its record, its line here, its test and its entry in
 * the bibliography; options, forms, study files and documentation follow.
 */
public final class Catalog {
  private static final List<Entry<?>> ENTRIES =
      List.of(
          // Attacks inside a ball
          Entry.of(Kind.BOUNDED_ATTACK, Fgsm.class),
          Entry.of(Kind.BOUNDED_ATTACK, Pgd.class),
          // Explanations
          Entry.of(Kind.ATTRIBUTION, Gradient.class),
          Entry.of(Kind.ATTRIBUTION, GradCam.class));

  private Catalog() {}

  /** All entries, in the order of the documentation. */
  public static List<Entry<?>> entries() {
    return ENTRIES;
  }

  /** The entries of one kind. */
  public static List<Entry<?>> entries(Kind kind) {
    return ENTRIES.stream().filter(entry -> entry.kind() == kind).toList();
  }

  /**
   * The entry of one of the given kinds with this id; case and hyphens do not matter.
   *
   * @throws NoSuchElementException naming the nearest ids, and all valid ones
   */
  public static Entry<?> find(String id, Kind... kinds) {
    List<Kind> wanted = List.of(kinds);
    List<Entry<?>> candidates =
        ENTRIES.stream().filter(entry -> wanted.contains(entry.kind())).toList();
    return candidates.stream()
        .filter(entry -> plain(entry.id()).equals(plain(id)))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> ids = candidates.stream().map(Entry::id).toList();
              return new NoSuchElementException(
                  "unknown %s \"%s\"%s; there are %s"
                      .formatted(
                          wanted.get(0).noun(),
                          id,
                          DidYouMean.hint(ids, id),
                          String.join(", ", ids)));
            });
  }

  private static String plain(String id) {
    return id.toLowerCase(Locale.ROOT).replace("+", "plus").replaceAll("[^a-z0-9]", "");
  }
}
