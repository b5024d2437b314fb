package io.adversight.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the names that somebody who mistyped one may have had in mind. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * At most three of {@code names}, nearest first: those that contain {@code typed} or can be
   * reached from it by few edits (a third of its length). Case, spaces, underscores and hyphens do
   * not count.
   */
  public static List<String> among(Collection<String> names, String typed) {
    String wanted = plain(typed);
    int allowed = Math.max(1, wanted.length() / 3);
    Map<String, Integer> distances =
        names.stream()
            .distinct()
            .collect(Collectors.toMap(name -> name, name -> distance(wanted, plain(name))));
    return distances.entrySet().stream()
        .filter(
            entry ->
                entry.getValue() <= allowed
                    || (wanted.length() > 2 && plain(entry.getKey()).contains(wanted)))
        .sorted(
            Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
                .thenComparing(Map.Entry::getKey))
        .limit(3)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** {@code "; did you mean a, b?"} for the names near to {@code typed}, empty if none is near. */
  public static String hint(Collection<String> names, String typed) {
    List<String> near = among(names, typed);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }

  /** The name in lower case without spaces, underscores and hyphens. */
  public static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
  }

  /**
   * The number of insertions, deletions, replacements and swaps of neighbours that lead from one
   * text to the other (Damerau 1964, in the form that edits no place twice).
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
