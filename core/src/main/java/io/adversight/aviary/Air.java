package io.adversight.aviary;

import java.util.List;

/** The colours of a sky, from above to the horizon. */
record Air(Tone high, Tone low, Tone cloud) {
  private static final List<Air> DAY =
      List.of(
          new Air(Tone.of(0x4f8fd0), Tone.of(0xbfdcef), Tone.of(0xfafbfc)),
          new Air(Tone.of(0x7fb2df), Tone.of(0xe3eef4), Tone.of(0xffffff)),
          new Air(Tone.of(0x8d9aa8), Tone.of(0xd3d8da), Tone.of(0xe9ebec)),
          new Air(Tone.of(0x5a86b8), Tone.of(0xf2dcc0), Tone.of(0xfff3e2)));
  private static final List<Air> DUSK =
      List.of(
          new Air(Tone.of(0x4a5a8f), Tone.of(0xf3b184), Tone.of(0xf6d2b8)),
          new Air(Tone.of(0x6a5f92), Tone.of(0xf0a08a), Tone.of(0xd99aa6)),
          new Air(Tone.of(0x86a6c8), Tone.of(0xf7dcb0), Tone.of(0xfbeed8)),
          new Air(Tone.of(0x97a3b0), Tone.of(0xe2ddd2), Tone.of(0xf2efe8)));

  static Air day(Chance chance) {
    return chance.oneOf(DAY);
  }

  static Air dusk(Chance chance) {
    return chance.oneOf(DUSK);
  }

  /** The sky down to a horizon, with clouds where {@code cover} is above 0. */
  Paint paint(Noise noise, double horizon, double cover) {
    return (x, y, distance) -> {
      double down = Math.min(1, y / horizon);
      double dense = noise.fractal(x * 2.6, y * 5.2 / horizon);
      double cloud = Math.max(0, Math.min(1, (dense - 0.72 + 0.3 * cover) * 4.5));
      double lit = 0.92 + 0.12 * noise.at(x * 9 + 5, y * 14);
      return high.mix(low, down * (1.6 - 0.6 * down)).mix(cloud().lit(lit), 0.85 * cloud);
    };
  }
}
