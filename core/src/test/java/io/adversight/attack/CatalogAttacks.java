package io.adversight.attack;

import io.adversight.attack.blackbox.Substitute;
import io.adversight.attack.blackbox.SubstituteTraining;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.latent.TinyGenerator;
import io.adversight.attack.learned.TinyTransformation;
import io.adversight.attack.minimal.Fab;
import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.catalog.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Every attack of the catalogue, with as few steps as small networks need. */
public final class CatalogAttacks {
  /** The largest value of counts that settle how long an attack takes, by the parameter's name. */
  private static final Map<String, Integer> MOST =
      Map.ofEntries(
          Map.entry("steps", 40),
          Map.entry("queries", 300),
          Map.entry("searches", 3),
          Map.entry("iterations", 10),
          Map.entry("targets", 2),
          Map.entry("samples", 3),
          Map.entry("pairs", 10),
          Map.entry("first-batch", 20),
          Map.entry("largest-batch", 50),
          Map.entry("population", 20),
          Map.entry("generations", 10),
          Map.entry("halvings", 6),
          Map.entry("turns", 5),
          Map.entry("shifts", 3),
          Map.entry("pool", 64));

  /** Algorithms inside of attacks, by their class, as they are written with few steps. */
  private static final Map<Class<?>, String> INNER =
      Map.of(
          Pgd.class, "pgd(steps=10)",
          Fab.class, "fab(steps=20)");

  private static final String GENERATOR = TinyGenerator.path();

  private CatalogAttacks() {}

  /** All attacks on single images, of every kind. */
  public static Stream<Attack> all() {
    return Stream.of(Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK)
        .flatMap(kind -> Catalog.entries(kind).stream())
        .map(entry -> (Attack) quick(entry));
  }

  /** The attacks of one type. */
  public static <T extends Attack> Stream<T> all(Class<T> type) {
    return all().filter(type::isInstance).map(type::cast);
  }

  private static Object quick(Entry<?> entry) {
    Map<String, String> changes = new HashMap<>();
    for (Parameter parameter : entry.parameters()) {
      Integer most = MOST.get(parameter.name());
      if (most != null && parameter.defaultValue() instanceof Integer value && value > most) {
        changes.put(parameter.name(), most.toString());
      }
      Object inner = parameter.defaultValue();
      if (inner != null && INNER.containsKey(inner.getClass())) {
        changes.put(parameter.name(), INNER.get(inner.getClass()));
      }
      if (parameter.name().equals("constant")) { // lets a short search succeed
        changes.put(parameter.name(), "1");
      }
      if (parameter.name().equals("jpeg")) { // rounds coefficients: a tie at every one
        changes.put(parameter.name(), "0");
      }
      if (parameter.name().equals("generator")) {
        changes.put(parameter.name(), GENERATOR);
      }
      if (parameter.name().equals("confidence")) { // lets a generator of random weights succeed
        changes.put(parameter.name(), "0");
      }
      if (parameter.name().equals("transformation")) { // none comes with a small network
        changes.put(parameter.name(), TinyTransformation.file());
      }
      if (parameter.name().equals("step-length")) { // 1 is meant for larger images than 8 x 8
        changes.put(parameter.name(), "0.3");
      }
    }
    Object attack = entry.create(changes);
    return attack instanceof Substitute substitute ? quick(substitute) : attack;
  }

  private static Substitute quick(Substitute attack) {
    SubstituteTraining usual = attack.training();
    return new Substitute(
        attack.queries(),
        new SubstituteTraining(2, usual.lambda(), 3, usual.rate(), usual.maps()),
        attack.attack());
  }
}
