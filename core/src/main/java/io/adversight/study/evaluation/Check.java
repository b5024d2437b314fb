package io.adversight.study.evaluation;

/**
 * Whether an evaluation can be trusted in one respect.
 *
 * @param name what is expected
 * @param verdict whether it is so
 * @param found the number behind it, in words
 * @param source where the literature asks for it
 */
public record Check(String name, Verdict verdict, String found, Source source) {
  /** What came of a check. */
  public enum Verdict {
    PASS,
    WARN,
    NOT_RUN;

    /** The verdict as the page has it. */
    public String words() {
      return name().replace('_', ' ');
    }
  }

  /** Where the literature asks for a check. */
  public enum Source {
    /** On Evaluating Adversarial Robustness, section 5. */
    CARLINI("carlini2019", "Carlini et al. 2019"),
    /** Obfuscated gradients, section 3.1. */
    ATHALYE("athalye2018b", "Athalye et al. 2018"),
    /** The conditions of RobustBench, section 3. */
    ROBUST_BENCH("croce2021b", "RobustBench, Croce et al. 2021"),
    /** Certificates by linear relaxation. */
    ZHANG("zhang2020", "Zhang et al. 2020");

    private final String key;
    private final String words;

    Source(String key, String words) {
      this.key = key;
      this.words = words;
    }

    /** Its key in the bibliography. */
    public String key() {
      return key;
    }

    /** How a text cites it. */
    public String words() {
      return words;
    }
  }

  static Check of(String name, boolean passes, String found, Source source) {
    return new Check(name, passes ? Verdict.PASS : Verdict.WARN, found, source);
  }

  static Check notRun(String name, String why, Source source) {
    return new Check(name, Verdict.NOT_RUN, why, source);
  }
}
