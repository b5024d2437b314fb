package io.adversight.cluster;

import io.adversight.cluster.source.ImageFormatKind;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.text.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code spark-submit} is given after the job's jar: {@code run SPEC --out DIR [--images URI]
 * [--format NAME] [--part-size N] [--max-errors SHARE]}, or {@code report DIR}.
 *
 * @param action {@code run} or {@code report}
 * @param subject the file of the specification, or the folder of the results
 * @param options by name, without the hyphens
 */
record JobArguments(String action, String subject, Map<String, String> options) {
  static final String USAGE =
      "run SPEC.json --out DIR [--images URI] [--format NAME] [--part-size N] [--max-errors SHARE],"
          + " or report DIR";

  private static final Set<String> RUN =
      new TreeSet<>(Set.of("out", "images", "format", "part-size", "max-errors"));
  private static final double MAX_ERRORS = 0.01;

  JobArguments {
    options = Map.copyOf(options);
  }

  /**
   * Reads the words.
   *
   * @throws InputException if they are not such arguments
   */
  static JobArguments parse(List<String> words) {
    if (words.size() < 2 || !Set.of("run", "report").contains(words.get(0))) {
      throw new InputException("expected " + USAGE);
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 2; i < words.size(); i += 2) {
      String name = words.get(i).startsWith("--") ? words.get(i).substring(2) : "";
      if (words.get(0).equals("report") || !RUN.contains(name)) {
        throw new UnknownNameException(
            "there is no option \"%s\"%s; expected %s"
                .formatted(words.get(i), DidYouMean.hint(RUN, name), USAGE));
      }
      if (i + 1 == words.size()) {
        throw new InputException("--%s needs a value; expected %s".formatted(name, USAGE));
      }
      options.put(name, words.get(i + 1));
    }
    JobArguments arguments = new JobArguments(words.get(0), words.get(1), options);
    if (arguments.isRun()) {
      arguments.out();
      arguments.maxErrors();
    }
    return arguments;
  }

  boolean isRun() {
    return action.equals("run");
  }

  /** The folder of the results. */
  String out() {
    if (!isRun()) {
      return subject;
    }
    return Optional.ofNullable(options.get("out"))
        .orElseThrow(() -> new InputException("--out is missing; expected " + USAGE));
  }

  /** The share of images that may become error rows. */
  double maxErrors() {
    String text = options.getOrDefault("max-errors", "");
    try {
      double share = text.isEmpty() ? MAX_ERRORS : Double.parseDouble(text);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new InputException(notAShare(text), e);
    }
    throw new InputException(notAShare(text));
  }

  private static String notAShare(String text) {
    return "--max-errors must be a share from 0 to 1, but is \"%s\"".formatted(text);
  }

  /** The specification with what these arguments change in it. */
  JobSpec applied(JobSpec spec) {
    JobSpec changed = spec;
    if (options.containsKey("images")) {
      changed = changed.withImages(options.getOrDefault("images", ""));
    }
    if (options.containsKey("format")) {
      String format = options.getOrDefault("format", "");
      ImageFormatKind.named(format);
      changed = changed.withFormat(format);
    }
    if (options.containsKey("part-size")) {
      String size = options.getOrDefault("part-size", "");
      if (!size.matches("[1-9]\\d{0,8}")) {
        throw new InputException(
            "--part-size must be a number of images, at least 1, but is \"%s\"".formatted(size));
      }
      changed = changed.withPartSize(Integer.parseInt(size));
    }
    return changed;
  }
}
