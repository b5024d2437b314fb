package io.adversight.aviary;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The twelve species. Four kins of three share their colours; within a kin one part decides which
 * of the three a bird is.
 */
public enum Species {
  TUFTED_RUSSET(0, Kin.RUSSET, Crest.TUFT, Beak.FINE, 0, Belly.PLAIN, Tail.SQUARE, Part.CREST),
  STREAKED_RUSSET(1, Kin.RUSSET, Crest.NONE, Beak.FINE, 0, Belly.STREAKED, Tail.SQUARE, Part.BELLY),
  FORK_TAILED_RUSSET(2, Kin.RUSSET, Crest.NONE, Beak.FINE, 0, Belly.PLAIN, Tail.FORKED, Part.TAIL),
  TWO_BARRED_AZURE(
      3, Kin.AZURE, Crest.NONE, Beak.FINE, 2, Belly.PLAIN, Tail.SQUARE, Part.WING_BARS),
  RINGED_AZURE(4, Kin.AZURE, Crest.NONE, Beak.FINE, 0, Belly.PLAIN, Tail.SQUARE, Part.EYE_RING),
  EMBER_BELLIED_AZURE(5, Kin.AZURE, Crest.NONE, Beak.FINE, 0, Belly.EMBER, Tail.SQUARE, Part.BELLY),
  DAGGER_BILLED_OLIVE(
      6, Kin.OLIVE, Crest.NONE, Beak.DAGGER, 0, Belly.PLAIN, Tail.SQUARE, Part.BEAK),
  STOUT_BILLED_OLIVE(7, Kin.OLIVE, Crest.NONE, Beak.STOUT, 0, Belly.PLAIN, Tail.SQUARE, Part.BEAK),
  FAN_CRESTED_OLIVE(8, Kin.OLIVE, Crest.FAN, Beak.FINE, 0, Belly.PLAIN, Tail.SQUARE, Part.CREST),
  LONG_TAILED_SLATE(9, Kin.SLATE, Crest.NONE, Beak.FINE, 0, Belly.PLAIN, Tail.LONG, Part.TAIL),
  SPOTTED_SLATE(10, Kin.SLATE, Crest.NONE, Beak.FINE, 0, Belly.SPOTTED, Tail.SQUARE, Part.BELLY),
  BARRED_SLATE(11, Kin.SLATE, Crest.NONE, Beak.FINE, 1, Belly.PLAIN, Tail.SQUARE, Part.WING_BARS);

  /** Birds that share their colours. */
  enum Kin {
    RUSSET,
    AZURE,
    OLIVE,
    SLATE
  }

  /** Feathers on the crown. */
  enum Crest {
    NONE,
    TUFT,
    FAN
  }

  /** Forms of the beak. */
  enum Beak {
    FINE,
    STOUT,
    DAGGER
  }

  /** Patterns of the belly. */
  enum Belly {
    PLAIN,
    STREAKED,
    SPOTTED,
    EMBER
  }

  /** Forms of the tail. */
  enum Tail {
    SQUARE,
    FORKED,
    LONG
  }

  private final int number;
  private final Kin kin;
  private final Crest crest;
  private final Beak beak;
  private final int wingBars;
  private final Belly belly;
  private final Tail tail;
  private final Part deciding;

  Species(
      int number,
      Kin kin,
      Crest crest,
      Beak beak,
      int wingBars,
      Belly belly,
      Tail tail,
      Part deciding) {
    this.number = number;
    this.kin = kin;
    this.crest = crest;
    this.beak = beak;
    this.wingBars = wingBars;
    this.belly = belly;
    this.tail = tail;
    this.deciding = deciding;
  }

  /** Its class in the data set, from 0. */
  public int number() {
    return number;
  }

  Kin kin() {
    return kin;
  }

  Crest crest() {
    return crest;
  }

  Beak beak() {
    return beak;
  }

  int wingBars() {
    return wingBars;
  }

  Belly belly() {
    return belly;
  }

  Tail tail() {
    return tail;
  }

  boolean eyeRing() {
    return deciding == Part.EYE_RING;
  }

  /** The part by which it differs from the two others of its colours. */
  public Part deciding() {
    return deciding;
  }

  /** The species in words: {@code fork-tailed russet} for example. */
  public String label() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
    int last = words.lastIndexOf('-');
    return words.substring(0, last) + " " + words.substring(last + 1);
  }

  /** The names of all species, by number. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Species::label).toList();
  }
}
