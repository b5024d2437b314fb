package io.adversight.mutation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts with one to four changes. */
record TextMutations(List<String> originals) implements Mutations {
  private static final Pattern NUMBER = Pattern.compile("-?\\d++(?:\\.\\d++)?");
  private static final Pattern WORD = Pattern.compile("\\w++");

  /** Numbers that a reader meets rarely. */
  static final List<String> NUMBERS =
      List.of(
          "0",
          "-0.0",
          "-1",
          "0.5",
          "1e-320",
          "1e308",
          "1e400",
          "10000000",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "1" + "0".repeat(400),
          "NaN",
          "Infinity");

  private static final List<String> PIECES =
      List.of(
          "null",
          "",
          " ",
          "\n",
          "\t",
          "\u0000",
          "\u001b[31m",
          "\ufeff",
          "\ud83d",
          "é",
          "\"",
          "'",
          "\\",
          ",",
          ";",
          ":",
          "#",
          "=",
          "%s",
          "../",
          "[".repeat(3000),
          "{\"a\":".repeat(2000),
          "(a ".repeat(2000),
          "a".repeat(5000),
          " ,".repeat(2000));

  @Override
  public byte[] input(long seed) {
    SplittableRandom random = Mutations.random(seed);
    String text = originals.get(random.nextInt(originals.size()));
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      text = changed(text, random);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String changed(String text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(16));
    String piece = one(PIECES, random);
    return switch (random.nextInt(8)) {
      case 0, 1 -> replaced(text, NUMBER, one(NUMBERS, random), random);
      case 2 -> replaced(text, WORD, piece, random);
      case 3 -> text.substring(0, at) + piece + text.substring(at);
      case 4 -> text.substring(0, at) + text.substring(end);
      case 5 -> text.substring(0, end) + text.substring(at);
      case 6 -> text.substring(0, at);
      default ->
          at == text.length()
              ? text
              : text.substring(0, at)
                  + (char) (text.charAt(at) ^ 1 << random.nextInt(7))
                  + text.substring(at + 1);
    };
  }

  private static String replaced(String text, Pattern what, String by, SplittableRandom random) {
    List<MatchResult> found = what.matcher(text).results().toList();
    if (found.isEmpty()) {
      return text;
    }
    MatchResult one = found.get(random.nextInt(found.size()));
    return text.substring(0, one.start()) + by + text.substring(one.end());
  }

  private static String one(List<String> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
