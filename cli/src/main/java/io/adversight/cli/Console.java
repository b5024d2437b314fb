package io.adversight.cli;

import io.adversight.run.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What people see on standard error while they wait. */
final class Console implements AutoCloseable {
  private static final int WIDTH = 80;

  private final ProgressBar bar;

  private Console(ProgressBar bar) {
    this.bar = bar;
  }

  /** A progress bar; {@code shown} false keeps it silent. */
  static Console open(String task, long total, boolean shown) {
    PrintStream stream =
        shown
            ? System.err
            : new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .setConsumer(new ConsoleProgressBarConsumer(stream, WIDTH))
            .startsFrom(0, Duration.ZERO)
            .build());
  }

  /** Whether somebody looks at standard error; the start script knows. */
  static boolean isInteractive() {
    return Boolean.getBoolean("adversight.terminal");
  }

  Progress progress(long before) {
    return (done, total, what) -> bar.stepTo(before + done);
  }

  void stepTo(String what, long done, long total) {
    bar.setExtraMessage(what);
    stepTo(done, total);
  }

  void stepTo(long done, long total) {
    bar.maxHint(total);
    bar.stepTo(done);
  }

  /** Keeps libraries from writing to the console. */
  static void quietLibraries() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    System.setProperty("java.awt.headless", "true");
  }

  @Override
  public void close() {
    bar.close();
  }
}
