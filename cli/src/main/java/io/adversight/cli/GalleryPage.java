package io.adversight.cli;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The images of a page and the commands that make them, in their order. Names that end in .png or
 * .jpg are images; what else has a name is made for lines below, which give its name in braces.
 */
record GalleryPage(Map<String, List<String>> lines) {
  private static final Pattern NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)\\}");
  private static final Set<String> NOT_FOR_IMAGES = Set.of("gallery", "lab");

  /** The file that says what a folder of results belongs to. */
  static final String SPEC = "gallery.json";

  /** The ending of the files that say which lines are done. */
  static final String DONE = ".done";

  private static final Set<String> RESERVED = Set.of(SPEC);
  private static final int SHOWN = 200;
  private static final int LONGEST = 1 << 20;

  /**
   * Reads a page from a text file of at most 1 MB.
   *
   * @throws IllegalArgumentException if it is no such file, or naming the line that is wrong
   */
  static GalleryPage read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new InputException(
            "%s has more than the 1 MB that are read; divide it".formatted(file));
      }
      return of(Files.readAllLines(file), file);
    } catch (CharacterCodingException e) {
      throw new InputException("%s is not text in UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(file), e);
    }
  }

  /**
   * Reads the lines of a page.
   *
   * @param file where the text comes from, for messages
   * @throws IllegalArgumentException naming the line that is wrong
   */
  static GalleryPage of(List<String> text, Path file) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    Set<String> places = new HashSet<>(RESERVED);
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] sides = line.split("\\s+=\\s+", 2);
      if (sides.length != 2 || !NAME.matcher(sides[0]).matches()) {
        throw wrong(file, i, "expected NAME.png = COMMAND or NAME.jpg = COMMAND", line);
      }
      List<String> words = List.of(sides[1].split("\\s+"));
      for (String needed : needs(words)) {
        if (!lines.containsKey(needed) || isImage(needed)) {
          throw wrong(file, i, "no line above makes {" + needed + "}", line);
        }
      }
      if (NOT_FOR_IMAGES.contains(words.get(0))) {
        throw wrong(file, i, words.get(0) + " makes no single image", line);
      }
      String place = place(sides[0]);
      if (place.endsWith(DONE) || !places.add(place)) {
        throw wrong(file, i, "there is another line of that name, or it is reserved", line);
      }
      lines.put(sides[0], words);
    }
    return new GalleryPage(lines);
  }

  private static IllegalArgumentException wrong(Path file, int index, String why, String line) {
    return new InputException(
        "%s, line %s: %s, but found \"%s\"".formatted(file, index + 1, why, shown(line)));
  }

  private static String shown(String line) {
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }

  static boolean isImage(String name) {
    return name.endsWith(".png") || name.endsWith(".jpg");
  }

  /** Where a line's results are: a folder without the image's ending, or what the line names. */
  static String place(String name) {
    return isImage(name) ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /** The names of the images. */
  List<String> images() {
    return lines.keySet().stream().filter(GalleryPage::isImage).toList();
  }

  /**
   * The lines for some images, what they need first.
   *
   * @throws NoSuchElementException if there is no such image, naming those there are
   */
  List<String> linesFor(Collection<String> images) {
    Set<String> wanted = new HashSet<>();
    for (String image : images) {
      if (!lines.containsKey(image) || !isImage(image)) {
        throw new UnknownNameException(
            "there is no image \"%s\"; those are %s".formatted(image, String.join(", ", images())));
      }
      wanted.add(image);
    }
    List<String> names = new ArrayList<>(lines.keySet());
    for (int i = names.size() - 1; i >= 0; i--) { // a line needs only lines above it
      if (wanted.contains(names.get(i))) {
        wanted.addAll(needs(words(names.get(i))));
      }
    }
    return names.stream().filter(wanted::contains).toList();
  }

  /** A line's command. */
  List<String> words(String name) {
    return lines.getOrDefault(name, List.of());
  }

  /** A line's command, with the places of what it needs. */
  List<String> words(String name, Path results) {
    List<String> filled = new ArrayList<>();
    for (String word : words(name)) {
      filled.add(
          BRACES
              .matcher(word)
              .replaceAll(
                  found -> Matcher.quoteReplacement(results.resolve(found.group(1)).toString())));
    }
    return filled;
  }

  private static List<String> needs(List<String> words) {
    return words.stream()
        .flatMap(word -> Stream.of(BRACES.matcher(word)))
        .flatMap(Matcher::results)
        .map(found -> found.group(1))
        .toList();
  }
}
