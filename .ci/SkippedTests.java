import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says after the tests of a module how many tests of this build were skipped so far, and how to have them run; says
 * nothing if all ran. The arguments are the folder of the checkout and when the build began.
 */
class SkippedTests {
  /** A skipped test, with what it says of the reason: an attribute, a text, or nothing. */
  private static final Pattern SKIPPED = Pattern.compile("<skipped\\b([^>]*/>|.*?</skipped>)", Pattern.DOTALL);

  public static void main(String[] args) throws IOException {
    List<String> reasons = reasons(Path.of(args[0]), Instant.parse(args[1]));
    if (reasons.isEmpty()) {
      return;
    }
    long data = reasons.stream().filter(reason -> reason.contains("no shared data")).count();
    long browser = reasons.stream().filter(reason -> reason.contains("Chromium")).count();
    System.out.printf("Skipped tests in this build so far: %d", reasons.size());
    if (data > 0) {
      System.out.printf(
          "; %d for want of networks and photos: set ADVERSIGHT_MIRROR to their folder (CONTRIBUTING.md)", data);
    }
    if (browser > 0) {
      System.out.printf("; %d for want of Chromium: install it or set ADVERSIGHT_CHROMIUM", browser);
    }
    System.out.println();
  }

  private static List<String> reasons(Path checkout, Instant since) throws IOException {
    List<String> reasons = new ArrayList<>();
    try (Stream<Path> files = Files.find(checkout, 4, (file, facts) -> isReport(file)
        && !facts.lastModifiedTime().toInstant().isBefore(since))) {
      files.forEach(file -> {
        Matcher skipped = SKIPPED.matcher(text(file));
        while (skipped.find()) {
          reasons.add(skipped.group(1));
        }
      });
    }
    return reasons;
  }

  private static boolean isReport(Path file) {
    return file.getParent().endsWith("surefire-reports") && file.getFileName().toString().matches("TEST-.*[.]xml");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
