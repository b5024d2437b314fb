package io.adversight.experiments.advis;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import java.util.Locale;
import java.util.stream.IntStream;

/** The photos of the first study: one that is shown, and others. */
final class Photos {
  private Photos() {}

  /**
   * The shown photo, and {@code count} others evenly spread over the setting {@code images}.
   *
   * @param bench whose setting {@code shown} is a part of the shown photo's name; the first photo
   *     of the set where it has none of that name
   */
  static DataSet of(Bench bench) {
    DataSet all = bench.images(bench.settings().path("images").asString(), 0);
    String wanted = bench.settings().path("shown").asString("").toLowerCase(Locale.ROOT);
    int shown =
        IntStream.range(0, all.size())
            .filter(i -> all.imageName(i).toLowerCase(Locale.ROOT).contains(wanted))
            .findFirst()
            .orElse(0);
    int count = Math.min(bench.count("count"), all.size() - 1);
    int[] others = IntStream.range(0, all.size()).filter(i -> i != shown).toArray();
    IntStream spread =
        IntStream.range(0, count).map(i -> others[(int) ((long) i * others.length / count)]);
    return all.select(IntStream.concat(IntStream.of(shown), spread).toArray());
  }
}
