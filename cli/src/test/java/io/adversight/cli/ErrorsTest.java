package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private final StringWriter err = new StringWriter();

  private int report(RuntimeException error) {
    return Errors.report(error, new PrintWriter(err, true));
  }

  @Test
  void saysInOneLineWhatWasWrongInTheInput() {
    for (RuntimeException error :
        List.of(
            new InputException("--count must be at least 1"),
            new UnknownNameException("there is no layer"),
            new InvalidPathException("a\0b", "Nul character not allowed"))) {
      err.getBuffer().setLength(0);
      assertThat(report(error)).isEqualTo(2);
      assertThat(err.toString().lines()).singleElement().asString().startsWith("adversight: ");
    }
  }

  @Test
  void saysWhatHelpsWhereTheLocaleLacksTheCharactersOfAPath() {
    String reason = "Malformed input or input contains unmappable characters";
    assertThat(report(new InvalidPathException("gr\u00f6\u00dfe.png", reason))).isEqualTo(2);
    assertThat(err.toString()).contains("LC_ALL=C.UTF-8").endsWith("UTF-8\n");
  }

  @Test
  void saysWhyAFileCannotBeWrittenOnceAndWithoutNamesOfClasses() {
    IOException full = new IOException("No space left on device");
    IOException denied = new AccessDeniedException("/out");
    Map<RuntimeException, String> lines =
        Map.of(
            new UncheckedIOException("/out/a.png cannot be written", full),
            "adversight: /out/a.png cannot be written: No space left on device",
            new UncheckedIOException("the folder /out cannot be written", denied),
            "adversight: the folder /out cannot be written: permission denied",
            new UncheckedIOException(full),
            "adversight: No space left on device",
            new UncheckedIOException(denied),
            "adversight: /out: permission denied");
    lines.forEach(
        (error, line) -> {
          err.getBuffer().setLength(0);
          assertThat(report(error)).isEqualTo(2);
          assertThat(err.toString().strip()).isEqualTo(line);
        });
  }

  @Test
  void blamesTheProgramForItsOwnBrokenContracts() {
    for (RuntimeException error :
        List.of(
            new IllegalArgumentException("a map has one channel"),
            new NoSuchElementException("No value present"),
            new IllegalStateException("closed"))) {
      err.getBuffer().setLength(0);
      assertThat(report(error)).isEqualTo(1);
      assertThat(err.toString())
          .contains(error.toString(), "at io.adversight.cli.ErrorsTest")
          .contains("please report it");
    }
  }
}
