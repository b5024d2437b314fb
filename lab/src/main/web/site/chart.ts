import type { Attacked } from "./data.js";

/** After Okabe and Ito, which people with colour blindness distinguish. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#7f7f7f"];
const HEIGHT = 170;
const LEFT = 40;
const TOP = 8;
const BOTTOM = 24;

export function colourOf({ classes }: Attacked, index: number): string {
  const place = classes.findIndex((one) => one.index === index);
  return COLOURS[place < 0 ? COLOURS.length - 1 : place % COLOURS.length] ?? "";
}

export function epsilonText(epsilon: number): string {
  return epsilon === 0 ? "0" : `${Number((255 * epsilon).toFixed(2))}/255`;
}

/** The probabilities against epsilon, with a line at the present one; so wide in CSS pixels. */
export function chart(attacked: Attacked, at: number, width: number): SVGElement {
  const { frames, classes } = attacked;
  const largest = frames[frames.length - 1]?.epsilon ?? 1;
  const x = (epsilon: number) => LEFT + ((width - LEFT - 8) * epsilon) / largest;
  const y = (share: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, class: "site-chart", role: "img", "aria-label": "Probability of the leading classes against epsilon" });
  for (const share of [0, 0.5, 1]) {
    svg.append(shape("line", { x1: LEFT, x2: width - 8, y1: y(share), y2: y(share), stroke: "var(--line)" }));
    svg.append(label(LEFT - 6, y(share) + 4, `${100 * share} %`, "end"));
  }
  for (const share of width < 480 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(label(x(share * largest), HEIGHT - 6, epsilonText(share * largest), share === 1 ? "end" : "middle"));
  }
  for (const { index, probabilities } of classes) {
    const points = probabilities.map((share, place) => `${x(frames[place]?.epsilon ?? 0)},${y(share)}`).join(" ");
    svg.append(shape("polyline", { points, fill: "none", stroke: colourOf(attacked, index), "stroke-width": 2.5, "stroke-linejoin": "round" }));
  }
  const now = x(frames[at]?.epsilon ?? 0);
  svg.append(shape("line", { x1: now, x2: now, y1: TOP, y2: HEIGHT - BOTTOM, stroke: "var(--ink)", "stroke-dasharray": "3 3" }));
  return svg;
}

/** The predicted class at every epsilon as a band of its colour. */
export function bands(attacked: Attacked): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "site-bands";
  bar.setAttribute("aria-hidden", "true");
  attacked.frames.forEach(({ after }, place, { length }) => {
    const band = document.createElement("span");
    band.style.flex = place === 0 || place === length - 1 ? "1" : "2"; // stops at both ends have half a step
    band.style.background = colourOf(attacked, after.index);
    bar.append(band);
  });
  return bar;
}

function label(x: number, y: number, text: string, anchor: string): SVGElement {
  const element = shape("text", { x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, String(value)));
  return element;
}
