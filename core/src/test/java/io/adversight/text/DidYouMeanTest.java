package io.adversight.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final List<String> NAMES = List.of("grad-cam", "gradient", "guided-grad-cam");

  @Test
  void putsTheNearestNameFirst() {
    assertThat(DidYouMean.among(NAMES, "gradcm")).containsExactly("grad-cam");
    assertThat(DidYouMean.among(NAMES, "GRAD_CAM")).containsExactly("grad-cam", "guided-grad-cam");
    assertThat(DidYouMean.hint(NAMES, "gradinet")).isEqualTo("; did you mean gradient?");
  }

  @Test
  void saysNothingWhenNoNameIsNear() {
    assertThat(DidYouMean.hint(NAMES, "zebra")).isEmpty();
  }

  @Test
  void countsASwapOfNeighboursAsOneEdit() {
    assertThat(DidYouMean.distance("tiger", "tigre")).isEqualTo(1);
    assertThat(DidYouMean.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(DidYouMean.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void agreesWithTheRecursiveDefinition() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      String a = word(random);
      String b = word(random);
      assertThat(DidYouMean.distance(a, b)).as("%s %s", a, b).isEqualTo(slow(a, b));
    }
  }

  @Test
  void takesTimeInProportionToTheLengthOfAllNames() {
    Growth.assertLinear(DidYouMeanTest::searchInLongNames, 10_000);
    Growth.assertLinear(DidYouMeanTest::searchInManyNames, 10_000);
    searchInLongNames(1_000_000).run();
  }

  private static Runnable searchInLongNames(int length) {
    String long1 = "a".repeat(length);
    String long2 = "b".repeat(length);
    return () -> {
      assertThat(DidYouMean.among(List.of(long1, long2), long1 + "c")).isEmpty();
      assertThat(DidYouMean.among(List.of(long1, "abd"), "abc")).containsExactly("abd");
    };
  }

  private static Runnable searchInManyNames(int count) {
    List<String> many = IntStream.range(0, count).mapToObj(i -> "name " + i).toList();
    return () -> assertThat(DidYouMean.among(many, "nam 7")).containsExactly("name 7");
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  private static int slow(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    int best =
        Math.min(
            slow(a.substring(1), b.substring(1)) + (a.charAt(0) == b.charAt(0) ? 0 : 1),
            1 + Math.min(slow(a.substring(1), b), slow(a, b.substring(1))));
    if (a.length() > 1
        && b.length() > 1
        && a.charAt(0) == b.charAt(1)
        && a.charAt(1) == b.charAt(0)) {
      best = Math.min(best, 1 + slow(a.substring(2), b.substring(2)));
    }
    return best;
  }
}
