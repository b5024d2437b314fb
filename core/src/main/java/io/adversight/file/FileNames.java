package io.adversight.file;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of files and folders made from what people call things: images, classes, layers.
 *
 * <p>Letters and digits of all scripts stay, and so do {@code . _ = , + -}; anything else becomes a
 * hyphen. No name begins with a dot, is longer than 120 bytes in UTF-8, or is one that Windows
 * keeps for itself. Names of one set differ even where a file system takes capitals for small
 * letters: the second of two equal ones gets {@code -2}.
 */
public final class FileNames {
  private static final int LONGEST = 120;
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._=,+-]+");
  private static final Pattern ENDS = Pattern.compile("^[-.]+|[-.]+$");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  private final Set<String> taken = new HashSet<>();

  /** The name for a text in this set; the same text gets another one each time. */
  public String unique(String text) {
    String name = of(text);
    String free = name;
    for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  /** A text as a name, which other texts may have as well. */
  public static String of(String text) {
    String plain = OTHER.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("-");
    String name = cut(ENDS.matcher(plain).replaceAll(""));
    if (name.isEmpty()) {
      return "unnamed";
    }
    return RESERVED.matcher(name).matches() ? "_" + name : name;
  }

  /** The beginning of a name that fits, without half a letter at its end. */
  private static String cut(String name) {
    int bytes = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      bytes += Character.toString(name.codePointAt(i)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST) {
        return ENDS.matcher(name.substring(0, i)).replaceAll("");
      }
    }
    return name;
  }
}
