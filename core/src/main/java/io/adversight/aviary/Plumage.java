package io.adversight.aviary;

/**
 * The colours of one bird; those of its colour group with individual variation.
 *
 * @param back head and back
 * @param crown top of the head
 * @param wing coverts
 * @param flight flight feathers and tail
 * @param belly underside
 * @param mark wing bars and eye ring
 * @param beak beak
 * @param leg legs
 */
record Plumage(
    Tone back, Tone crown, Tone wing, Tone flight, Tone belly, Tone mark, Tone beak, Tone leg) {
  static Plumage of(Species species, Chance chance) {
    Tone pale = species.belly() == Species.Belly.EMBER ? Tone.of(0xd9743a) : belly(species.group());
    double turn = chance.between(-14, 14);
    double colour = chance.between(0.55, 1.15);
    double bright = chance.between(0.82, 1.14);
    Tone back = varied(back(species.group()), turn, colour, bright);
    Tone wing = varied(wing(species.group()), turn, colour, bright * chance.between(0.9, 1.08));
    return new Plumage(
        back,
        back.lit(chance.between(0.62, 0.95)),
        wing,
        wing.lit(chance.between(0.5, 0.72)),
        varied(pale, chance.between(-9, 9), chance.between(0.6, 1.1), chance.between(0.9, 1.04)),
        varied(Tone.of(0xf4efe0), 0, 1, chance.between(0.9, 1.02)),
        varied(beak(species.group()), chance.between(-10, 10), 1, chance.between(0.8, 1.15)),
        Tone.of(0x6b5546).lit(chance.between(0.6, 1.2)));
  }

  private static Tone varied(Tone tone, double turn, double colour, double bright) {
    return tone.turned(turn).saturated(colour).lit(bright);
  }

  private static Tone back(Species.ColorGroup group) {
    return switch (group) {
      case RUSSET -> Tone.of(0xa1623a);
      case AZURE -> Tone.of(0x4576ae);
      case OLIVE -> Tone.of(0x7f8a3c);
      case SLATE -> Tone.of(0x5d6672);
    };
  }

  private static Tone wing(Species.ColorGroup group) {
    return switch (group) {
      case RUSSET -> Tone.of(0x7d4c31);
      case AZURE -> Tone.of(0x35598c);
      case OLIVE -> Tone.of(0x666e36);
      case SLATE -> Tone.of(0x474d58);
    };
  }

  private static Tone belly(Species.ColorGroup group) {
    return switch (group) {
      case RUSSET -> Tone.of(0xecd9b8);
      case AZURE -> Tone.of(0xdfe4e6);
      case OLIVE -> Tone.of(0xe6cf62);
      case SLATE -> Tone.of(0xe3e1dc);
    };
  }

  private static Tone beak(Species.ColorGroup group) {
    return switch (group) {
      case RUSSET -> Tone.of(0x7a6a55);
      case AZURE -> Tone.of(0x3a3d45);
      case OLIVE -> Tone.of(0xc08a3a);
      case SLATE -> Tone.of(0x4a4440);
    };
  }
}
