package io.adversight.cli;

import io.adversight.data.DataSetFormatException;
import io.adversight.file.IoReason;
import io.adversight.graph.ModelFormatException;
import io.adversight.home.FetchException;
import io.adversight.image.ImageFormatException;
import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.tensor.TensorException;
import io.adversight.text.DidYouMean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors as one clear line and an exit code. */
final class Errors {
  static final int INTERNAL = 1;
  static final int INPUT = 2;
  static final int FETCH = 3;
  static final int SOME_LEFT_OUT = 4;
  static final int GATE_MISSED = 5;
  static final int CANCELLED = 130;

  private Errors() {}

  /** Prints one line about {@code error}; returns the exit code. */
  static int report(Throwable error, PrintWriter err) {
    if (error instanceof CancellationException) {
      err.println("cancelled; the same command goes on where it stopped");
      return CANCELLED;
    }
    if (error instanceof FetchException) {
      return line(error, err, FETCH);
    }
    if (error instanceof InputException
        || error instanceof UnknownNameException
        || error instanceof ImageFormatException
        || error instanceof ModelFormatException
        || error instanceof DataSetFormatException) {
      return line(error, err, INPUT);
    }
    if (error instanceof InvalidPathException path) {
      err.println(
          "adversight: \"%s\" cannot be the path of a file: %s%s"
              .formatted(path.getInput(), path.getReason(), localeHint(path.getReason())));
      return INPUT;
    }
    if (error instanceof TensorException.OutOfMemory) {
      err.println("adversight: " + error.getMessage() + "; try a smaller --batch");
      return INPUT;
    }
    if (error instanceof UncheckedIOException io) {
      return line(what(io), err, INPUT);
    }
    if (error instanceof IOException io) {
      return line(what(io), err, INPUT);
    }
    error.printStackTrace(err);
    err.println(
        "adversight: this is an error inside the program, not in what was given;"
            + " please report it with the lines above and the command");
    return INTERNAL;
  }

  /** What helps where Java was started without a locale that has the characters of a path. */
  private static String localeHint(String reason) {
    return reason.contains("unmappable")
        ? "; Java takes paths for %s here: start it by the script adversight, or with LC_ALL=C.UTF-8"
            .formatted(System.getProperty("sun.jnu.encoding", "an unknown encoding"))
        : "";
  }

  /** What could not be read or written, and why; an error without words of ours says both. */
  private static String what(UncheckedIOException error) {
    String message = String.valueOf(error.getMessage());
    IOException cause = error.getCause();
    if (cause == null) {
      return message;
    }
    boolean told = !message.equals(cause.toString());
    return told ? "%s: %s".formatted(message, IoReason.of(cause)) : what(cause);
  }

  private static String what(IOException error) {
    return error instanceof FileSystemException at && at.getFile() != null
        ? "%s: %s".formatted(at.getFile(), IoReason.of(error))
        : IoReason.of(error);
  }

  private static int line(Throwable error, PrintWriter err, int code) {
    return line(String.valueOf(error.getMessage()), err, code);
  }

  private static int line(String message, PrintWriter err, int code) {
    err.println("adversight: " + message.replace('\n', ' '));
    return code;
  }

  /** Prints one line about a command line that cannot be understood. */
  static int usage(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    List<String> dotted =
        error instanceof UnmatchedArgumentException unmatched
            ? dotted(command, unmatched.getUnmatched())
            : List.of();
    if (dotted.isEmpty()) {
      String line = unknownCommand(error).orElseGet(() -> firstLine(error));
      err.println("adversight: " + line + optionHint(error));
    } else {
      err.println(
          "adversight: several algorithms have this parameter; write "
              + String.join(" or ", dotted));
    }
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return INPUT;
  }

  private static String firstLine(ParameterException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }

  /** The options that a mistyped one may stand for, as an end of a sentence; empty if none. */
  private static String optionHint(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().get(0).replaceAll("=.*", "");
    Set<String> options =
        error.getCommandLine().getCommandSpec().optionsMap().keySet().stream()
            .filter(name -> name.startsWith("--"))
            .collect(Collectors.toSet());
    return word.startsWith("--") ? DidYouMean.hint(options, word) : "";
  }

  /** What to say where a word stands in the place of a command. */
  private static Optional<String> unknownCommand(ParameterException error) {
    Set<String> commands = error.getCommandLine().getSubcommands().keySet();
    if (commands.isEmpty()
        || !(error instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().get(0).startsWith("-")) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0);
    String hint = DidYouMean.hint(commands, word);
    return Optional.of(
        "there is no command \"%s\"%s"
            .formatted(word, hint.isEmpty() ? "; there are " + String.join(", ", commands) : hint));
  }

  /** The options that an unknown one may stand for: {@code --pgd.steps} for {@code --steps}. */
  private static List<String> dotted(CommandLine command, List<String> unmatched) {
    if (unmatched.isEmpty() || !unmatched.get(0).startsWith("--")) {
      return List.of();
    }
    String suffix = "." + unmatched.get(0).substring(2).replaceAll("=.*", "");
    return command.getCommandSpec().optionsMap().keySet().stream()
        .filter(name -> name.endsWith(suffix))
        .sorted()
        .toList();
  }
}
