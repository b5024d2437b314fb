package io.adversight.cli;

import io.adversight.run.Progress;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * What people see on standard error while they wait: a progress bar on a terminal, else a line
 * every half minute.
 */
final class Console implements AutoCloseable {
  private static final int WIDTH = 80;
  private static final Duration BEAT = Duration.ofSeconds(25);

  private final Optional<ProgressBar> bar;
  private final Optional<Heartbeat> heartbeat;

  private Console(Optional<ProgressBar> bar, Optional<Heartbeat> heartbeat) {
    this.bar = bar;
    this.heartbeat = heartbeat;
  }

  /** A progress bar; {@code shown} false makes it a line now and then. */
  static Console open(String task, long total, boolean shown) {
    return shown
        ? new Console(Optional.of(bar(task, total)), Optional.empty())
        : new Console(
            Optional.empty(),
            Optional.of(new Heartbeat(PlainWriter.plain(task), total, BEAT, System.err)));
  }

  private static ProgressBar bar(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(PlainWriter.plain(task))
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(250)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .startsFrom(0, Duration.ZERO)
        .build();
  }

  /** Whether standard error is a terminal, as told by the start script. */
  static boolean isInteractive() {
    return Boolean.getBoolean("adversight.terminal");
  }

  Progress progress(long before) {
    return (done, total, what) -> {
      bar.ifPresent(shown -> shown.stepTo(before + done));
      heartbeat.ifPresent(shown -> shown.stepTo(before + done));
    };
  }

  void stepTo(String what, long done, long total) {
    bar.ifPresent(shown -> shown.setExtraMessage(PlainWriter.plain(what)));
    step(PlainWriter.plain(what), done, total);
  }

  void stepTo(long done, long total) {
    step("", done, total);
  }

  private void step(String what, long done, long total) {
    bar.ifPresent(
        shown -> {
          shown.maxHint(total);
          shown.stepTo(done);
        });
    heartbeat.ifPresent(shown -> shown.stepTo(what, done, total));
  }

  /** Keeps libraries from writing to the console. */
  static void quietLibraries() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    System.setProperty("java.awt.headless", "true");
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    heartbeat.ifPresent(Heartbeat::close);
  }
}
