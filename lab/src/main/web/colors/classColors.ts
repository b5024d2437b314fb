import type { Theme } from "../theme.js";

export type Rgb = readonly [number, number, number];

/**
 * Eight colours that stay apart for every kind of colour vision (after Okabe and Ito 2008), each with
 * a contrast of at least 3 to 1 against the theme's surface; the ninth is for all further classes.
 */
const PALETTES: Record<Theme, readonly Rgb[]> = {
  light: [
    [0, 114, 178],
    [200, 82, 0],
    [0, 138, 100],
    [170, 68, 148],
    [126, 104, 0],
    [66, 138, 200],
    [118, 62, 46],
    [96, 96, 170],
    [118, 118, 118],
  ],
  dark: [
    [86, 180, 233],
    [255, 148, 87],
    [46, 190, 146],
    [226, 140, 196],
    [232, 220, 80],
    [122, 146, 240],
    [208, 168, 144],
    [172, 172, 230],
    [150, 150, 150],
  ],
};

const OTHERS = 8;

/** The colour of a slot; those beyond the last share one. */
export function rgbOf(slot: number, theme: Theme): Rgb {
  return PALETTES[theme][Math.min(slot, OTHERS)] ?? [118, 118, 118];
}

/** The style class that sets {@code --class} to a slot's colour; what is about no class has none. */
export function styleOf(slot: number | null): string {
  return slot === null ? "" : `c${Math.min(slot, OTHERS)}`;
}

/** Makes a theme's colours known to the style sheets. */
export function publishColors(theme: Theme): void {
  PALETTES[theme].forEach((rgb, slot) => document.documentElement.style.setProperty(`--class-${slot}`, `rgb(${rgb.join(" ")})`));
}

const given = new Map<string, Map<number, number>>();

/** Gives each class of an image the same slot wherever it is drawn: the first to appear gets the first. */
export function slotsOf(model: string, image: string): (index: number) => number {
  const key = `${model}\n${image}`;
  const slots = given.get(key) ?? new Map<number, number>();
  given.set(key, slots);
  return (index) => {
    const known = slots.get(index);
    if (known !== undefined) return known;
    slots.set(index, slots.size);
    return slots.size - 1;
  };
}
