package io.adversight.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** By how much the resident memory of this process grew at most, on Linux. */
final class ResidentPeak {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESET = "5";

  private ResidentPeak() {}

  /** Runs some work; the growth in MB, not a number where the system does not count it. */
  static double during(Runnable work) {
    try {
      Files.writeString(CLEAR, RESET);
      double before = megabytes("VmRSS:");
      work.run();
      return megabytes("VmHWM:") - before;
    } catch (IOException e) {
      work.run();
      return Double.NaN;
    }
  }

  private static double megabytes(String field) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(field))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
