package io.adversight.lab;

import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.lab.store.Quota;
import io.adversight.model.EngineChoice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a lab is started.
 *
 * @param host the address it listens at; {@link #LOOPBACK} unless another is chosen
 * @param port the port, or 0 for any free one
 * @param token what a user must know; empty where only this machine can come
 * @param images a folder of images to choose from
 * @param home where models and studies are kept
 * @param guests what a guest must know, who changes no networks and runs; empty where there are
 *     none
 * @param quota what is kept of its users' networks and runs
 * @param engine computes the passes of its networks
 */
public record LabOptions(
    String host,
    int port,
    Optional<String> token,
    Optional<Path> images,
    DataHome home,
    Optional<String> guests,
    Quota quota,
    EngineChoice engine) {
  /** The address that only this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Without guests, all who may come may do everything; with the usual quota and engine. */
  public LabOptions(
      String host, int port, Optional<String> token, Optional<Path> images, DataHome home) {
    this(host, port, token, images, home, Optional.empty(), Quota.USUAL, EngineChoice.AUTO);
  }

  /** The same with guests who know this. */
  public LabOptions withGuests(String secret) {
    return new LabOptions(host, port, token, images, home, Optional.of(secret), quota, engine);
  }

  /** The same with another quota. */
  public LabOptions withQuota(Quota other) {
    return new LabOptions(host, port, token, images, home, guests, other, engine);
  }

  /** The same with another engine. */
  public LabOptions on(EngineChoice other) {
    return new LabOptions(host, port, token, images, home, guests, quota, other);
  }

  public LabOptions {
    if (port < 0 || port > 65535) {
      throw new InputException("the port must be in 0 to 65535, but was " + port);
    }
    if (!host.equals(LOOPBACK) && token.isEmpty()) {
      throw new InputException("a lab that others can reach needs a token");
    }
    if (guests.isPresent() && (token.isEmpty() || guests.equals(token))) {
      throw new InputException("guests need a token of their own, beside that of the host");
    }
  }
}
