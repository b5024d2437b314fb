import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    for (Path module : matching(checkout, "*")) {
      // Nothing else of a module is looked at: the tests of others may be running.
      for (Path report : matching(module.resolve("target/surefire-reports"), "TEST-*.xml")) {
        if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
          Matcher skipped = SKIPPED.matcher(text(report));
          while (skipped.find()) {
            reasons.add(skipped.group(1));
          }
        }
      }
    }
    return reasons;
  }

  private static List<Path> matching(Path folder, String names) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> places = Files.newDirectoryStream(folder, names)) {
        places.forEach(found::add);
      }
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // the last one may be half written
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
