package io.adversight.aviary;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The twelve species. Four groups of three share their colours; one part distinguishes the three of
 * a group.
 */
public enum Species {
  TUFTED_RUSSET(
      0, ColorGroup.RUSSET, Crest.TUFT, Beak.FINE, 0, Belly.PLAIN, Tail.SQUARE, Part.CREST),
  STREAKED_RUSSET(
      1, ColorGroup.RUSSET, Crest.NONE, Beak.FINE, 0, Belly.STREAKED, Tail.SQUARE, Part.BELLY),
  FORK_TAILED_RUSSET(
      2, ColorGroup.RUSSET, Crest.NONE, Beak.FINE, 0, Belly.PLAIN, Tail.FORKED, Part.TAIL),
  TWO_BARRED_AZURE(
      3, ColorGroup.AZURE, Crest.NONE, Beak.FINE, 2, Belly.PLAIN, Tail.SQUARE, Part.WING_BARS),
  RINGED_AZURE(
      4, ColorGroup.AZURE, Crest.NONE, Beak.FINE, 0, Belly.PLAIN, Tail.SQUARE, Part.EYE_RING),
  EMBER_BELLIED_AZURE(
      5, ColorGroup.AZURE, Crest.NONE, Beak.FINE, 0, Belly.EMBER, Tail.SQUARE, Part.BELLY),
  DAGGER_BILLED_OLIVE(
      6, ColorGroup.OLIVE, Crest.NONE, Beak.DAGGER, 0, Belly.PLAIN, Tail.SQUARE, Part.BEAK),
  STOUT_BILLED_OLIVE(
      7, ColorGroup.OLIVE, Crest.NONE, Beak.STOUT, 0, Belly.PLAIN, Tail.SQUARE, Part.BEAK),
  FAN_CRESTED_OLIVE(
      8, ColorGroup.OLIVE, Crest.FAN, Beak.FINE, 0, Belly.PLAIN, Tail.SQUARE, Part.CREST),
  LONG_TAILED_SLATE(
      9, ColorGroup.SLATE, Crest.NONE, Beak.FINE, 0, Belly.PLAIN, Tail.LONG, Part.TAIL),
  SPOTTED_SLATE(
      10, ColorGroup.SLATE, Crest.NONE, Beak.FINE, 0, Belly.SPOTTED, Tail.SQUARE, Part.BELLY),
  BARRED_SLATE(
      11, ColorGroup.SLATE, Crest.NONE, Beak.FINE, 1, Belly.PLAIN, Tail.SQUARE, Part.WING_BARS);

  /** Birds that share their colours. */
  enum ColorGroup {
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
  private final ColorGroup group;
  private final Crest crest;
  private final Beak beak;
  private final int wingBars;
  private final Belly belly;
  private final Tail tail;
  private final Part discriminativePart;

  Species(
      int number,
      ColorGroup group,
      Crest crest,
      Beak beak,
      int wingBars,
      Belly belly,
      Tail tail,
      Part discriminativePart) {
    this.number = number;
    this.group = group;
    this.crest = crest;
    this.beak = beak;
    this.wingBars = wingBars;
    this.belly = belly;
    this.tail = tail;
    this.discriminativePart = discriminativePart;
  }

  /** Its class in the data set, from 0. */
  public int number() {
    return number;
  }

  ColorGroup group() {
    return group;
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
    return discriminativePart == Part.EYE_RING;
  }

  /** The part by which it differs from the two others of its colours. */
  public Part discriminativePart() {
    return discriminativePart;
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
