package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  @TempDir private Path folder = Path.of("");

  /** What the other process runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try (Scope scope = Scope.open()) {
        System.out.println("sum " + Tensor.ones(3, 4).matmul(Tensor.ones(4, 2)).sum().item());
      }
    }
  }

  @Test
  void startsWithAForeignLibtorchInTheWay() throws IOException, InterruptedException {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    Assumptions.assumeTrue(linux, "skipped: LD_LIBRARY_PATH works on Linux only");
    for (String name : new String[] {"libtorch_cpu.so", "libtorch.so", "libc10.so"}) {
      Files.writeString(folder.resolve(name), "not a library of ours");
    }
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName());
    child.environment().put("LD_LIBRARY_PATH", folder.toString());
    Path output = folder.resolve("output.txt");
    Process process = child.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(output)).contains("sum 24.0");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void refusesFewerThanOneThread() {
    assertThatThrownBy(() -> Engine.setThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, but was 0");
  }

  @Test
  void readsDevicesByName() {
    assertThat(Device.parse("cpu")).isEqualTo(Device.CPU);
    assertThatThrownBy(() -> Device.parse("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown device \"gpu\"; use cpu, cuda or cuda:N");
  }
}
