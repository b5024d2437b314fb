package io.adversight.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One class of a label file.
 *
 * @param text the line itself
 * @param name what the class is called first
 * @param synonyms everything it is called, {@code name} and the WordNet id among them
 * @param wordNetId {@code n01440764} for example, or empty
 */
record LabelLine(String text, String name, List<String> synonyms, String wordNetId) {
  private static final Pattern WORDNET = Pattern.compile("(n\\d{8})\\s+(\\S.*)");

  /** What tells synsets of ILSVRC-2012 with one name apart, after their WordNet glosses. */
  private static final Map<String, String> GLOSSES =
      Map.of(
          "n02012849", "bird",
          "n03126707", "machine",
          "n03710637", "tights",
          "n03710721", "tank suit");

  LabelLine {
    synonyms = List.copyOf(synonyms);
  }

  /**
   * Reads a line: a name, or names parted by commas, after a WordNet id where there is one. {@code
   * name (other name)} has both names. Takes time in proportion to the line's length.
   */
  static LabelLine of(String line) {
    String text = line.strip();
    Matcher wordNet = WORDNET.matcher(text);
    boolean hasId = wordNet.matches();
    String wordNetId = hasId ? wordNet.group(1) : "";
    String names = hasId ? wordNet.group(2) : text;
    Set<String> synonyms = new LinkedHashSet<>();
    if (!hasId) {
      synonyms.add(names);
    }
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        synonyms.add(name.strip());
      }
    }
    int bracket = names.indexOf('(', 1);
    if (names.endsWith(")") && bracket > 0 && bracket < names.length() - 2) {
      synonyms.add(names.substring(0, bracket).strip());
      synonyms.add(names.substring(bracket + 1, names.length() - 1));
    }
    List<String> all = new ArrayList<>(synonyms);
    if (hasId) {
      all.add(names);
      all.add(wordNetId);
    }
    return new LabelLine(text, all.get(0), all, wordNetId);
  }

  /** This class under a name that tells it apart from others of the same name. */
  LabelLine toldApart(int index) {
    String what = GLOSSES.getOrDefault(wordNetId, "class " + index);
    String longer = "%s (%s)".formatted(name, what);
    List<String> all = new ArrayList<>(synonyms);
    all.add(longer);
    return new LabelLine(text, longer, all, wordNetId);
  }
}
