package io.adversight.cli;

import io.adversight.file.FolderLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command with the lock of what it writes, whatever the command: the folder that its option
 * {@code --out FOLDER} names, or {@linkplain WritesFile its file}. A second process is refused
 * before it does anything.
 */
final class LockedExecution implements IExecutionStrategy {
  @Override
  public int execute(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    List<CommandLine> commands = parsed.asCommandLineList();
    CommandLine command = commands.get(commands.size() - 1);
    if (command.getCommandSpec().userObject() instanceof WritesFile one) {
      try (FolderLock lock = lock(command, one)) {
        return run(parsed, command);
      }
    }
    Optional<OptionSpec> option = folder(command);
    if (option.isEmpty() || !(option.get().getValue() instanceof Path place)) {
      return run(parsed, command);
    }
    try (FolderLock lock = lock(command, option.get(), place)) {
      return run(parsed, command);
    }
  }

  private static int run(ParseResult parsed, CommandLine command) {
    int code = new RunLast().execute(parsed);
    return code == 0 ? LeftOut.report(command) : code;
  }

  /** The option that names the folder of a command's results; empty if it writes none. */
  static Optional<OptionSpec> folder(CommandLine command) {
    return Optional.ofNullable(command.getCommandSpec().findOption("--out"))
        .filter(option -> option.paramLabel().equals("FOLDER"));
  }

  private static FolderLock lock(CommandLine command, WritesFile one) {
    try {
      return one.lock();
    } catch (RuntimeException e) {
      throw new ExecutionException(command, String.valueOf(e.getMessage()), e);
    }
  }

  private static FolderLock lock(CommandLine command, OptionSpec option, Path place) {
    boolean typed = command.getParseResult().hasMatchedOption("--out");
    Path wanted = place;
    while (true) {
      try {
        return FolderLock.on(wanted);
      } catch (RuntimeException e) {
        Path next = typed ? wanted : FreshFolder.next();
        if (next.equals(wanted)) {
          throw new ExecutionException(command, String.valueOf(e.getMessage()), e);
        }
        wanted = next; // another process took the same second's name
        option.setValue(wanted);
      }
    }
  }
}
