import { bands, chart, colourOf, epsilonText } from "./chart.js";
import { bytes, picture, receive, type Attacked, type Contents, type Frame, type Picture } from "./data.js";
import { changed, drawChange, drawImage, drawMap } from "./draw.js";

interface Place {
  image: number;
  attack: number;
  stop: number;
}

/** Called by the script with the contents, the last one of the page. */
function open(contents: Contents): void {
  const root = document.getElementById("site");
  if (root) {
    new Page(root, contents).start();
  }
}

class Page {
  private place: Place = { image: 0, attack: 0, stop: 0 };
  private readonly colours: Uint8Array;
  private readonly card = element("section", "site-card");

  constructor(
    private readonly root: HTMLElement,
    private readonly contents: Contents,
  ) {
    this.colours = bytes(contents.colours);
  }

  start(): void {
    const { title, files, epsilons, version, command, method, defense } = this.contents;
    const name = defense ? `${title} behind ${behind(defense)}` : title;
    document.title = `${name} under attack – Adversight`;
    const head = element("header", "site-head");
    head.append(element("h1", "", `${name} under attack`));
    head.append(element("p", "muted", "Move the slider: at every epsilon the image, the prediction and the heat map are those that were computed."));
    if (defense) {
      head.append(element("p", "site-defence", `The attacks know the defence; predictions and maps are of the network behind it: ${defense}.`));
    }
    const gallery = element("ul", "site-gallery");
    gallery.setAttribute("aria-label", "Images");
    files.forEach(({ name, picture }, image) => {
      const button = element("button", "");
      button.title = name;
      const small = element("img", "pixels");
      small.src = picture;
      small.alt = name;
      button.append(small);
      button.onclick = () => this.go({ image });
      const item = element("li", "");
      item.append(button);
      gallery.append(item);
    });
    const foot = element("footer", "site-foot");
    foot.append(element("p", "", `A static copy of the Adversight lab, version ${version}: ${files.length} images at ${epsilons.length} epsilons in L∞. Images have 8 bits, before and after the attack; heat maps by ${method}, of the class that the clean image is taken for.`));
    foot.append(element("code", "", command));
    const main = element("main", "site-main");
    main.append(gallery, this.card);
    this.root.replaceChildren(head, main, foot);
    addEventListener("hashchange", () => this.read());
    this.read();
  }

  private read(): void {
    const [image = 0, attack = 0, stop = Math.round(this.contents.epsilons.length / 4)] = location.hash.slice(1).split("/").filter(Boolean).map(Number);
    const within = (value: number, count: number) => (Number.isInteger(value) && value >= 0 && value < count ? value : 0);
    this.place = {
      image: within(image, this.contents.files.length),
      attack: within(attack, this.contents.attacks.length),
      stop: within(stop, this.contents.epsilons.length),
    };
    void this.show();
  }

  private go(change: Partial<Place>): void {
    this.place = { ...this.place, ...change };
    history.replaceState(null, "", `#${this.place.image}/${this.place.attack}/${this.place.stop}`);
    void this.show();
  }

  private async show(): Promise<void> {
    const { image } = this.place;
    this.root.querySelectorAll(".site-gallery button").forEach((button, at) => button.setAttribute("aria-pressed", String(at === image)));
    try {
      const shown = await picture(image, this.contents.files[image]?.script ?? "");
      if (image === this.place.image) {
        this.compose(shown);
      }
    } catch (problem) {
      this.card.replaceChildren(element("p", "", problem instanceof Error ? problem.message : String(problem)));
    }
  }

  /** The card of an image and an attack; only what depends on the stop is drawn again as it moves. */
  private compose(shown: Picture): void {
    const attacked = shown.attacks[this.place.attack];
    if (!attacked) return;
    const words = element("div", "");
    words.setAttribute("role", "status");
    const figures = element("div", "site-images");
    const canvases = ["Clean", "Perturbation", "Adversarial", "Map of the clean image", "Map of the adversarial image"].map((title) => {
      const figure = element("figure", "");
      const canvas = element("canvas", "");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", title);
      const caption = element("figcaption", "");
      figure.append(canvas, caption);
      figures.append(figure);
      return { title, canvas, caption };
    });
    const curves = element("div", "");
    const bars = element("ul", "site-bars");
    bars.setAttribute("aria-label", "Probabilities");
    const range = element("input", "");
    Object.assign(range, { type: "range", min: "0", max: String(attacked.frames.length - 1), step: "1", value: String(this.place.stop) });
    range.setAttribute("aria-label", "Epsilon");
    const slider = element("div", "site-slider");
    slider.append(curves, range, bands(attacked));
    const draw = () => {
      const frame = attacked.frames[this.place.stop];
      if (frame) {
        range.setAttribute("aria-valuetext", epsilonText(frame.epsilon));
        tell(words, shown, attacked, frame, this.contents.defense);
        this.paint(canvases, shown, attacked, frame);
        curves.replaceChildren(chart(attacked, this.place.stop, Math.max(240, curves.clientWidth)));
        fill(bars, attacked, this.place.stop);
      }
    };
    range.oninput = () => {
      this.place.stop = Number(range.value);
      history.replaceState(null, "", `#${this.place.image}/${this.place.attack}/${this.place.stop}`);
      draw();
    };
    this.card.replaceChildren(words, ...this.attackChoice(), figures, slider, bars);
    draw();
  }

  private attackChoice(): HTMLElement[] {
    const { attacks } = this.contents;
    if (attacks.length < 2) return [];
    const label = element("label", "site-row", "Attack");
    const select = element("select", "");
    attacks.forEach((id, at) => select.append(new Option(id, String(at), false, at === this.place.attack)));
    select.onchange = () => this.go({ attack: Number(select.value) });
    label.append(select);
    return [label];
  }

  private paint(canvases: { title: string; canvas: HTMLCanvasElement; caption: HTMLElement }[], shown: Picture, attacked: Attacked, frame: Frame): void {
    const before = new Uint8ClampedArray(bytes(shown.pixels));
    const after = changed(shown, attacked, frame);
    const largest = Math.max(shown.clean.largest, frame.map.largest);
    const [clean, change, adversarial, mapBefore, mapAfter] = canvases;
    if (!clean || !change || !adversarial || !mapBefore || !mapAfter) return;
    drawImage(clean.canvas, before, shown);
    const gain = drawChange(change.canvas, before, after, shown);
    drawImage(adversarial.canvas, after, shown);
    drawMap(mapBefore.canvas, shown.clean, largest, before, shown, this.colours);
    drawMap(mapAfter.canvas, frame.map, largest, after, shown, this.colours);
    const captions = [
      `${shown.before.name}, ${percent(shown.before.probability)}`,
      frame.epsilon === 0 ? "no change" : `shown × ${gain.toFixed(gain < 10 ? 1 : 0)}`,
      `${frame.after.name}, ${percent(frame.after.probability)}`,
      `for ${shown.before.name}`,
      frame.spearman === null ? `for ${shown.before.name}` : `rank correlation ${frame.spearman.toFixed(2)}`,
    ];
    canvases.forEach(({ title, caption }, at) => {
      caption.replaceChildren(element("b", "", title), element("span", "muted", captions[at] ?? ""));
    });
  }
}

/** What happened, read off the frame that is shown. */
function tell(place: HTMLElement, shown: Picture, attacked: Attacked, frame: Frame, defense: string): void {
  const line = element("p", "site-headline");
  const fooled = frame.after.index !== shown.before.index;
  line.append("It saw ", element("b", "", shown.before.name), fooled ? ". Now it sees " : ", and still does.");
  if (fooled) line.append(element("b", "fooled", frame.after.name), ".");
  const facts = [attacked.id, `no pixel moved by more than ${epsilonText(frame.epsilon)}`, `confidence ${percent(frame.after.probability)}`];
  if (defense) facts.splice(1, 0, `behind ${behind(defense)}`);
  if (frame.ssim !== null) facts.push(`SSIM ${frame.ssim.toFixed(3)}`);
  place.replaceChildren(line, element("p", "muted", facts.join(" · ")));
}

function fill(list: HTMLElement, attacked: Attacked, stop: number): void {
  list.replaceChildren(
    ...attacked.classes.map(({ index, name, probabilities }) => {
      const share = probabilities[stop] ?? 0;
      const item = element("li", "");
      const swatch = element("i", "");
      swatch.style.background = colourOf(attacked, index);
      const bar = element("div", "bar");
      const filled = element("span", "");
      filled.style.width = `${100 * share}%`;
      filled.style.background = colourOf(attacked, index);
      bar.append(filled);
      item.append(swatch, element("span", "", name), bar, element("span", "share", percent(share)));
      return item;
    }),
  );
}

/** The defence alone, without how gradients pass it. */
function behind(defense: string): string {
  return defense.split("; gradients:")[0] ?? defense;
}

function percent(share: number): string {
  return share > 0 && share < 0.0005 ? "<0.1 %" : share < 1 && share >= 0.9995 ? ">99.9 %" : `${(100 * share).toFixed(1)} %`;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

Object.assign(globalThis, { site: { open, receive } });
