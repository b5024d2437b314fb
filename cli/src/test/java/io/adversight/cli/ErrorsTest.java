package io.adversight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
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
