package io.adversight.report.study;

import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.model.Prototypes.Prototype;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Finds the training images that prototypes come from; safe for use by several threads. */
public final class PrototypeOrigins {
  private final Function<String, DataSet> find;
  private final Map<String, Optional<DataSet>> sets = new ConcurrentHashMap<>();

  /**
   * The images of data sets.
   *
   * @param find a set by its name; throws {@link NoSuchElementException} where there is none
   */
  public PrototypeOrigins(Function<String, DataSet> find) {
    this.find = find;
  }

  /** The training image of a prototype; empty if its data set is not at hand. */
  public Optional<Raster> image(Prototype prototype) {
    return sets.computeIfAbsent(prototype.dataSet(), this::found)
        .filter(set -> prototype.image() < set.size())
        .map(set -> set.image(prototype.image()));
  }

  private Optional<DataSet> found(String name) {
    try {
      return Optional.of(find.apply(name));
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
  }
}
