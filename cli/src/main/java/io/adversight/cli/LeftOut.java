package io.adversight.cli;

import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What a command that has done its work says of the images that it could not read. */
final class LeftOut {
  private LeftOut() {}

  /** Lists the images, if there are any; returns the exit code. */
  static int report(CommandLine command) {
    Map<String, String> unreadable =
        mixins(command.getCommandSpec())
            .map(CommandSpec::userObject)
            .filter(ReadingOptions.class::isInstance)
            .map(ReadingOptions.class::cast)
            .map(ReadingOptions::unreadable)
            .findFirst()
            .orElse(Map.of());
    if (unreadable.isEmpty()) {
      return 0;
    }
    command.getErr().println("adversight: left out what could not be read:");
    unreadable.values().forEach(reason -> command.getErr().println("  " + reason));
    command.getErr().flush();
    return Errors.SOME_LEFT_OUT;
  }

  private static Stream<CommandSpec> mixins(CommandSpec spec) {
    return spec.mixins().values().stream()
        .flatMap(mixin -> Stream.concat(Stream.of(mixin), mixins(mixin)));
  }
}
