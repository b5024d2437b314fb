package io.adversight.data;

import io.adversight.file.IoReason;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of classes by index. A line of a label file is a name, or names parted by commas, after
 * a WordNet id where there is one ({@code n01440764 tench, Tinca tinca}). Classes with the same
 * first name are told apart by what stands behind it in brackets: {@code crane (bird)}.
 */
public final class Labels {
  private static final List<String> BUILT_IN =
      List.of("imagenet-1k", "digits", "cifar-10", "cifar-100", "fashion-mnist");
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

  private final List<LabelLine> labels;
  private final Map<String, Set<Integer>> firstNames = new HashMap<>();
  private final Map<String, Set<Integer>> exact = new HashMap<>();
  private final Map<String, Set<Integer>> plain = new HashMap<>();

  private Labels(List<String> lines) {
    List<LabelLine> read = lines.stream().map(LabelLine::of).toList();
    Map<String, Long> uses =
        read.stream().collect(Collectors.groupingBy(LabelLine::name, Collectors.counting()));
    List<LabelLine> unique = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      LabelLine line = read.get(i);
      add(firstNames, line.name(), i);
      unique.add(uses.getOrDefault(line.name(), 1L) > 1 ? line.toldApart(i) : line);
      for (String name : unique.get(i).synonyms()) {
        add(exact, name, i);
        add(plain, DidYouMean.plain(name), i);
      }
    }
    labels = List.copyOf(unique);
  }

  private static void add(Map<String, Set<Integer>> indices, String name, int index) {
    if (!name.isEmpty()) {
      indices.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(index);
    }
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
   * Reads a text file of one class a line; empty lines at the end and a byte order mark do not
   * count.
   *
   * @throws IllegalArgumentException if there is no such file, or it is not UTF-8 text
   */
  public static Labels read(Path file) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.get(0).substring(BYTE_ORDER_MARK.length()));
      }
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
            "%s: a label file has one name per line, but line %s is empty"
                .formatted(file, Math.max(empty, 0) + 1));
      }
      return new Labels(lines);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": there is no such label file", e);
    } catch (MalformedInputException e) {
      throw new InputException(file + ": a label file must be UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException(
          "%s: the label file cannot be read: %s".formatted(file, IoReason.of(e)), e);
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
    return labels.stream().map(LabelLine::name).toList();
  }

  /** The lines that these labels were made of: {@link #of} makes the same labels of them. */
  public List<String> lines() {
    return labels.stream().map(LabelLine::text).toList();
  }

  /**
   * The class that a person means: the one with exactly that name, else the one with that index,
   * else the one with that name where case, spaces, underscores and hyphens do not count.
   *
   * @throws IllegalArgumentException if the index is out of range, or the name has two classes
   * @throws NoSuchElementException if no class has that name
   */
  public int index(String typed) {
    return index(ClassChoice.either(typed));
  }

  /**
   * The class that a person means.
   *
   * @throws IllegalArgumentException if the index is out of range or no number, or the name has two
   *     classes
   * @throws NoSuchElementException if no class has that name
   */
  public int index(ClassChoice choice) {
    String text = choice.text().strip();
    return switch (choice.by()) {
      case INDEX -> byIndex(text);
      case NAME -> named(text, choice.text());
      case EITHER ->
          NUMBER.matcher(text).matches() && !exact.containsKey(text)
              ? byIndex(text)
              : named(text, choice.text());
    };
  }

  /**
   * The class of that name, also where the name is a number: the first of an exact first name, any
   * exact name, and a name where case, spaces, underscores and hyphens do not count.
   *
   * @throws IllegalArgumentException if the name has two classes
   * @throws NoSuchElementException if no class has that name
   */
  public int indexOfName(String name) {
    return index(new ClassChoice(name, ClassChoice.By.NAME));
  }

  /** What a person should know who may have meant another class; empty if there is no doubt. */
  public Optional<String> doubt(ClassChoice choice) {
    String text = choice.text().strip();
    if (choice.by() != ClassChoice.By.EITHER || !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    int meant = index(choice);
    return number(text)
        .filter(index -> index != meant && index >= 0 && index < size())
        .map(
            index ->
                "class \"%s\" is taken by its name, which is class %s; class %s is called \"%s\""
                    .formatted(text, meant, index, name(index)));
  }

  private int byIndex(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new InputException(
          "an index must be a whole number from 0 to %s, but is \"%s\""
              .formatted(size() - 1, text));
    }
    return checked(number(text).orElseThrow(() -> new InputException(outOfRange(text))));
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private int named(String text, String typed) {
    Set<Integer> found =
        Stream.of(
                firstNames.get(text),
                exact.get(text),
                NUMBER.matcher(text).matches() ? null : plain.get(DidYouMean.plain(text)))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(Set.of());
    if (found.size() > 1) {
      throw new InputException(
          "\"%s\" names %s classes; give an index: %s"
              .formatted(
                  typed,
                  found.size(),
                  found.stream().map(this::described).collect(Collectors.joining(" or "))));
    }
    return found.stream().findFirst().orElseThrow(() -> unknown(text, typed));
  }

  private String described(int index) {
    String id = labels.get(index).wordNetId();
    return "%s (%s%s)".formatted(index, name(index), id.isEmpty() ? "" : ", " + id);
  }

  private UnknownNameException unknown(String text, String typed) {
    List<String> all = labels.stream().flatMap(label -> label.synonyms().stream()).toList();
    return new UnknownNameException(
        "there is no class \"%s\"; classes are names or numbers from 0 to %s%s"
            .formatted(typed, size() - 1, DidYouMean.hint(all, text)));
  }

  private int checked(int index) {
    if (index < 0 || index >= size()) {
      throw new InputException(outOfRange(Integer.toString(index)));
    }
    return index;
  }

  private String outOfRange(String index) {
    return "there is no class %s; classes go from 0 to %s".formatted(index, size() - 1);
  }
}
