package io.adversight.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests names close to a mistyped one. */
public final class DidYouMean {
  private static final int LONGEST = 80;
  private static final int SHOWN = 3;

  private DidYouMean() {}

  /** A name and its distance to what was typed. */
  private record Candidate(String name, int distance) {}

  /**
   * At most three of {@code names}, nearest first: those that contain {@code typed} or can be
   * reached from it by few edits (a third of its length). Case, spaces, underscores and hyphens do
   * not count. Nothing is near to a text, and no name is near, that is longer than 80 characters:
   * the work is in proportion to the length of all names.
   */
  public static List<String> among(Collection<String> names, String typed) {
    if (typed.length() > LONGEST) {
      return List.of();
    }
    String wanted = plain(typed);
    int allowed = Math.max(1, wanted.length() / 3);
    return names.stream()
        .filter(name -> name.length() <= LONGEST)
        .map(name -> candidate(name, wanted, allowed))
        .flatMap(Optional::stream)
        .distinct()
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(SHOWN)
        .map(Candidate::name)
        .toList();
  }

  private static Optional<Candidate> candidate(String name, String wanted, int allowed) {
    String own = plain(name);
    boolean contains = wanted.length() > 2 && own.contains(wanted);
    if (!contains && Math.abs(own.length() - wanted.length()) > allowed) {
      return Optional.empty();
    }
    int distance = distance(wanted, own);
    return contains || distance <= allowed
        ? Optional.of(new Candidate(name, distance))
        : Optional.empty();
  }

  /** {@code "; did you mean a, b?"} for the names near to {@code typed}, empty if none is near. */
  public static String hint(Collection<String> names, String typed) {
    List<String> near = among(names, typed);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }

  /** The name in lower case without spaces, underscores and hyphens. */
  public static String plain(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && !Character.isWhitespace(c)) {
        kept.append(c);
      }
    }
    return kept.toString().toLowerCase(Locale.ROOT);
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
