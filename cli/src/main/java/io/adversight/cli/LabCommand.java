package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import io.adversight.lab.store.Quota;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the lab and waits until it is stopped. */
@Example("adversight lab")
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "Starts the lab, where attacks and explanations are live in the browser, and prints its"
          + " address.",
      "Ctrl-C stops it."
    },
    sortOptions = false)
final class LabCommand implements Callable<Integer> {
  private static final double GIGABYTE = 1L << 30;

  private final DataHome home;

  @Option(names = "--port", paramLabel = "N", description = "to listen at (default: 7272)")
  int port = 7272;

  @Option(
      names = "--host",
      paramLabel = "H",
      description =
          "the address to listen at, such as 0.0.0.0 (default: 127.0.0.1, this machine only);"
              + " other machines then need the token in the printed address, which is read along by"
              + " anyone who watches the network, as it travels without encryption")
  @Nullable String host;

  @Option(
      names = "--open",
      description =
          "with --host: guests may change networks and runs too, and fill the disk (default: they"
              + " look at them)")
  boolean open;

  @Option(names = "--images", paramLabel = "DIR", description = "a folder of images to offer")
  @Nullable Path images;

  @Option(
      names = "--keep-networks",
      paramLabel = "N",
      description = "how many networks that were added or fetched are kept (default: 100)")
  int networks = Quota.USUAL.networks();

  @Option(
      names = "--keep-runs",
      paramLabel = "N",
      description =
          "how many runs are kept, 1000 at most (default: 200); two are computed at a time")
  int runs = Quota.USUAL.runs();

  @Option(
      names = "--keep-gigabytes",
      paramLabel = "GB",
      description =
          "how much disk networks and runs take together (default: 20); what does not fit is"
              + " refused until something is removed")
  double gigabytes = Quota.USUAL.bytes() / GIGABYTE;

  @Mixin EngineOption engine = new EngineOption();

  @Option(names = "--no-browser", description = "do not open the browser")
  boolean noBrowser;

  @Spec CommandSpec spec = CommandSpec.create();

  private LabCommand(DataHome home) {
    this.home = home;
  }

  static CommandLine line(DataHome home, String... args) {
    return new CommandLine(new LabCommand(home))
        .addSubcommand("export", AlgorithmOptions.addTo(new LabExportCommand(home), args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (open && host == null) {
      throw new InputException("--open goes with --host, such as 0.0.0.0, which brings guests");
    }
    LabOptions own =
        new LabOptions(
                host == null ? LabOptions.LOOPBACK : host,
                port,
                host == null ? Optional.empty() : Optional.of(token()),
                Optional.ofNullable(images),
                home)
            .withQuota(new Quota(networks, runs, (long) (gigabytes * GIGABYTE)))
            .on(engine.engine());
    Lab lab = Lab.start(host == null || open ? own : own.withGuests(token()));
    lab.warmUp();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              lab.close();
              stopped.countDown();
            });
    Runtime.getRuntime().addShutdownHook(stop);
    out.println("the lab is at " + String.join("\n           or ", lab.addresses()));
    if (host != null && !open) {
      out.println("for guests: " + String.join("\n         or ", lab.guestAddresses()));
    }
    lab.guestCode(CommandLine.Help.Ansi.AUTO.enabled())
        .ifPresent(
            code -> {
              out.println("the first of these addresses as QR code, for phones:");
              out.print(code);
            });
    out.println("Ctrl-C stops it");
    out.flush();
    if (!noBrowser) {
      openBrowser(lab.address());
    }
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(stop);
      lab.close();
    }
    return 0;
  }

  private static String token() {
    byte[] bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Opens the browser where there is a desktop; the address stands on the screen anyway. */
  private static void openBrowser(String address) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command;
    if (system.contains("mac")) {
      command = List.of("open", address);
    } else if (system.contains("win")) {
      command = List.of("rundll32", "url.dll,FileProtocolHandler", address);
    } else if (System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null) {
      command = List.of("xdg-open", address);
    } else {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // a machine without that program has no desktop to open a page on
    }
  }
}
