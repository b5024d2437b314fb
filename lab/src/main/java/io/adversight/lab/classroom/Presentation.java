package io.adversight.lab.classroom;

import io.adversight.input.InputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The view that the host shows and guests follow; kept in memory. */
public final class Presentation {
  private static final int LONGEST = 64 << 10;

  private volatile Slide now = new Slide(0, null);

  /**
   * What is shown.
   *
   * @param number that grows with every change
   * @param link the part of an address after the hash; null while nothing is shown
   */
  public record Slide(long number, @Nullable String link) {}

  /**
   * What the host wants to show.
   *
   * @param link the part of an address after the hash; null for nothing
   */
  public record Change(@Nullable String link) {
    public Change {
      if (link != null && (link.length() > LONGEST || !link.matches("#[A-Za-z0-9/_-]*"))) {
        throw new InputException(
            "a presentation shows a link of the lab: # and what follows it in the address");
      }
    }
  }

  /** What is shown now. */
  public Slide now() {
    return now;
  }

  /** Shows something else, or nothing. */
  public synchronized Slide show(Change change) {
    now = new Slide(now.number() + 1, Optional.ofNullable(change.link()).orElse(null));
    return now;
  }
}
