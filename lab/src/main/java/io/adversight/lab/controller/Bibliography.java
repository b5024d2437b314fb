package io.adversight.lab.controller;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The papers behind the algorithms, read from the project's BibTeX file. */
public final class Bibliography {
  private static final Pattern ENTRY = Pattern.compile("@\\w+\\{([^,]+),(.*?)\\n}", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("(\\w+)\\s*=\\s*\\{((?:[^{}]|\\{(?:[^{}]|\\{[^{}]*})*})*)}");
  private static final Map<Character, String> ACCENTS =
      Map.of(
          '\'', "\u0301", '"', "\u0308", '`', "\u0300", '^', "\u0302", '~', "\u0303", 'c', "\u0327",
          'v', "\u030c");

  private Bibliography() {}

  /** A paper. */
  public record Paper(String authors, String title, String venue, String year, String url) {}

  private static final class Read {
    static final Map<String, Paper> ENTRIES = read();
  }

  /** The papers by key. */
  public static Map<String, Paper> entries() {
    return Read.ENTRIES;
  }

  private static Map<String, Paper> read() {
    try (InputStream in =
        Bibliography.class.getResourceAsStream("/io/adversight/lab/bibliography.bib")) {
      return in == null ? Map.of() : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the bibliography cannot be read", e);
    }
  }

  static Map<String, Paper> parse(String bib) {
    Map<String, Paper> papers = new LinkedHashMap<>();
    Matcher entries = ENTRY.matcher(bib);
    while (entries.find()) {
      Map<String, String> fields = new LinkedHashMap<>();
      Matcher field = FIELD.matcher(entries.group(2));
      while (field.find()) {
        fields.put(field.group(1).toLowerCase(Locale.ROOT), plain(field.group(2)));
      }
      String venue =
          fields.getOrDefault(
              "booktitle", fields.getOrDefault("journal", fields.getOrDefault("publisher", "")));
      papers.put(
          entries.group(1).strip(),
          new Paper(
              fields.getOrDefault("author", ""),
              fields.getOrDefault("title", ""),
              venue,
              fields.getOrDefault("year", ""),
              url(fields)));
    }
    return papers;
  }

  private static String url(Map<String, String> fields) {
    if (fields.containsKey("doi")) {
      return "https://doi.org/" + fields.get("doi");
    }
    if (fields.containsKey("eprint")) {
      return "https://arxiv.org/abs/" + fields.get("eprint");
    }
    return fields.getOrDefault("url", "");
  }

  /** A BibTeX value as plain text: accents instead of commands, no braces. */
  private static String plain(String value) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < value.length()) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i = command(value, i + 1, text);
      } else {
        if (c != '{' && c != '}') {
          text.append(c == '~' ? ' ' : c);
        }
        i++;
      }
    }
    String composed = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC);
    return composed.replace("--", "\u2013").replaceAll("\\s+", " ").strip();
  }

  /** Writes what the command at {@code start} stands for; returns where the text goes on. */
  private static int command(String value, int start, StringBuilder text) {
    char name = value.charAt(start);
    String accent = ACCENTS.get(name);
    if (accent == null) {
      if (Character.isLetter(name)) {
        int end = start;
        while (end < value.length() && Character.isLetter(value.charAt(end))) {
          end++;
        }
        text.append(
            switch (value.substring(start, end)) {
              case "o" -> "\u00f8";
              case "ss" -> "\u00df";
              case "l" -> "\u0142";
              case "L" -> "\u0141";
              case "O" -> "\u00d8";
              case "i" -> "i";
              default -> "";
            });
        return end;
      }
      text.append(name);
      return start + 1;
    }
    int letter = start + 1;
    while (letter < value.length()
        && (value.charAt(letter) == '{'
            || value.charAt(letter) == '\\'
            || value.charAt(letter) == ' ')) {
      letter++;
    }
    if (letter < value.length()) {
      text.append(value.charAt(letter)).append(accent);
    }
    return letter + 1;
  }
}
