package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script for Windows starts the program as the one for other systems does. */
class StartScriptsTest {
  private static final String SHELL = script("adversight");
  private static final String WINDOWS = script("adversight.cmd");

  private static String script(String name) {
    try {
      return Files.readString(Path.of("..", name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The options of Java in the last command that starts the program. */
  private static List<String> options(String script) {
    String last = script.substring(script.lastIndexOf("-Dadversight.terminal="));
    return Pattern.compile("-[DX][\\w.:+=]+")
        .matcher(last)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void giveJavaTheSameOptions() {
    assertThat(options(WINDOWS)).isEqualTo(options(SHELL)).hasSizeGreaterThan(5);
  }

  @Test
  void letThreadsSleepWhileTheyWaitUnlessTheUserWishesOtherwise() {
    assertThat(SHELL).contains("${OMP_WAIT_POLICY:-PASSIVE}").contains("${GOMP_SPINCOUNT:-0}");
    assertThat(WINDOWS)
        .contains("if not defined OMP_WAIT_POLICY set \"OMP_WAIT_POLICY=PASSIVE\"")
        .contains("if not defined GOMP_SPINCOUNT set \"GOMP_SPINCOUNT=0\"");
  }

  @Test
  void keepFreedMemoryUnlessTheUserWishesOtherwise() {
    assertThat(SHELL)
        .contains("${MALLOC_TRIM_THRESHOLD_:-1073741824}")
        .contains("${MALLOC_MMAP_THRESHOLD_:-1073741824}");
  }

  @Test
  void archiveTheClassesOfCommandsThatRun(@TempDir Path folder) {
    assertThat(SHELL).contains(SharedClasses.class.getName());
    assertThat(WINDOWS).contains(SharedClasses.class.getName());
    for (String command : SharedClasses.commands()) {
      assertThat(SharedClasses.run(folder, command)).as(command).isZero();
    }
  }
}
