package io.adversight.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the help of a command at any depth: {@code help patches build}. */
@Example("adversight help patches build")
@Command(name = "help", description = "Shows the help of a command.")
final class HelpOnCommand implements Runnable {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "such as: patches build")
  List<String> words = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine line = spec.commandLine().getParent();
    for (String word : words) {
      CommandLine next = line.getSubcommands().get(word);
      if (next == null) {
        throw new UnmatchedArgumentException(line, List.of(word));
      }
      line = next;
    }
    line.usage(spec.commandLine().getOut());
  }
}
