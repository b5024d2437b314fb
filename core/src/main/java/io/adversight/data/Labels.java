package io.adversight.data;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.text.DidYouMean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The names of classes by index. A line of a label file is a name, or names parted by commas, after
 * a WordNet id where there is one ({@code n01440764 tench, Tinca tinca}).
 */
public final class Labels {
  private static final List<String> BUILT_IN =
      List.of("imagenet-1k", "digits", "cifar-10", "cifar-100", "fashion-mnist");
  private static final Pattern WORDNET = Pattern.compile("(n\\d{8})\\s+(.+)");
  private static final Pattern BRACKETS = Pattern.compile("(.+?)\\s*\\((.+)\\)");

  private final List<Label> labels;
  private final Map<String, Set<Integer>> indices = new HashMap<>();

  /** One class: what it is called first, everything it is called, its WordNet id or "". */
  private record Label(String name, List<String> synonyms, String wordNetId) {}

  private Labels(List<String> lines) {
    labels = lines.stream().map(Labels::label).toList();
    for (int i = 0; i < labels.size(); i++) {
      for (String name : labels.get(i).synonyms()) {
        indices.computeIfAbsent(DidYouMean.plain(name), key -> new LinkedHashSet<>()).add(i);
      }
    }
  }

  private static Label label(String line) {
    Matcher wordNet = WORDNET.matcher(line.strip());
    String wordNetId = wordNet.matches() ? wordNet.group(1) : "";
    String names = wordNet.matches() ? wordNet.group(2) : line.strip();
    Set<String> synonyms = new LinkedHashSet<>();
    if (wordNetId.isEmpty()) {
      synonyms.add(names);
    }
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        synonyms.add(name.strip());
      }
    }
    Matcher brackets = BRACKETS.matcher(names);
    if (brackets.matches()) {
      synonyms.add(brackets.group(1));
      synonyms.add(brackets.group(2));
    }
    List<String> all = new ArrayList<>(synonyms);
    if (!wordNetId.isEmpty()) {
      all.add(names);
      all.add(wordNetId);
    }
    return new Label(all.get(0), List.copyOf(all), wordNetId);
  }

  /** The names of the label sets that come with the library. */
  public static List<String> builtIn() {
    return BUILT_IN;
  }

  /**
   * A label set that comes with the library.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public static Labels named(String set) {
    if (!BUILT_IN.contains(set)) {
      throw new UnknownNameException(
          "there is no label set \"%s\"; the label sets are %s"
              .formatted(set, String.join(", ", BUILT_IN)));
    }
    try (InputStream in = Labels.class.getResourceAsStream(set + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("the resource " + set + ".txt is missing");
      }
      return new Labels(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The given names in order of their index. */
  public static Labels of(List<String> names) {
    return new Labels(List.copyOf(names));
  }

  /** The names "0", "1", ... of {@code classes} classes that have no names. */
  public static Labels numbers(int classes) {
    return new Labels(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /**
   * Reads a text file of one class a line; empty lines at the end do not count.
   *
   * @throws IllegalArgumentException if there is no such file, or it is not UTF-8 text
   */
  public static Labels read(Path file) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
        lines.remove(lines.size() - 1);
      }
      int empty =
          IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).isBlank())
              .findFirst()
              .orElse(-1);
      if (lines.isEmpty() || empty >= 0) {
        throw new InputException(
            "%s: a label file has one name per line, but line %d is empty"
                .formatted(file, Math.max(empty, 0) + 1));
      }
      return new Labels(lines);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": there is no such label file", e);
    } catch (MalformedInputException e) {
      throw new InputException(file + ": a label file must be UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException(
          "%s: the label file cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The number of classes. */
  public int size() {
    return labels.size();
  }

  /**
   * What class {@code index} is called first.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public String name(int index) {
    return labels.get(checked(index)).name();
  }

  /** Everything that finds class {@code index}: its names, and its WordNet id where it has one. */
  public List<String> synonyms(int index) {
    return labels.get(checked(index)).synonyms();
  }

  /** The WordNet id of class {@code index}, {@code n01440764} for example. */
  public Optional<String> wordNetId(int index) {
    return Optional.of(labels.get(checked(index)).wordNetId()).filter(id -> !id.isEmpty());
  }

  /** The names of all classes in order. */
  public List<String> names() {
    return labels.stream().map(Label::name).toList();
  }

  /**
   * The class that a person means: by index or by any of its names, where case, spaces, underscores
   * and hyphens do not count.
   *
   * @throws IllegalArgumentException if the index is out of range, or the name has two classes
   * @throws NoSuchElementException if no class has that name
   */
  public int index(String typed) {
    String text = typed.strip();
    if (text.matches("[+-]?\\d+")) {
      try {
        return checked(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        throw new InputException(outOfRange(text), e);
      }
    }
    Set<Integer> found = indices.getOrDefault(DidYouMean.plain(text), Set.of());
    if (found.size() > 1) {
      throw new InputException(
          "\"%s\" names %d classes; give a number: %s"
              .formatted(
                  typed,
                  found.size(),
                  found.stream()
                      .map(i -> "%d (%s)".formatted(i, String.join(", ", synonyms(i))))
                      .reduce((a, b) -> a + " or " + b)
                      .orElseThrow()));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no class \"%s\"; classes are names or numbers from 0 to %d%s"
                        .formatted(
                            typed,
                            size() - 1,
                            DidYouMean.hint(
                                labels.stream().flatMap(l -> l.synonyms().stream()).toList(),
                                text))));
  }

  private int checked(int index) {
    if (index < 0 || index >= size()) {
      throw new InputException(outOfRange(Integer.toString(index)));
    }
    return index;
  }

  private String outOfRange(String index) {
    return "there is no class %s; classes go from 0 to %d".formatted(index, size() - 1);
  }
}
