import type { ComponentChildren } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import type { Rgba } from "../api/envelope.js";
import type { Predicted } from "../api/types.js";
import { overlay as laid, paint, rangeOf, tableOf } from "../maps/colors.js";
import { Choice } from "../parts/Choice.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { store } from "../state/lab.js";
import { firstName } from "./attackState.js";
import { Blink, Slide } from "./Compare.js";
import { amplified, GAINS } from "./gain.js";
import type { Live } from "./liveUpdate.js";
import { Loupe } from "./Loupe.js";

type Way = "side" | "slide" | "blink";

/** Image plus perturbation is the adversarial image; or the two images over each other. */
export function Stage({ live: images, overlay, old }: { live: Live; overlay: ComponentChildren; old: string }) {
  const id = useId();
  const [way, setWay] = useState<Way>("side");
  const seen = useOverlaid(images);
  return (
    <div class="stage-place">
      <Choice label="How to compare the images" name={`${id}-way`} value={way} options={[["side", "Side by side"], ["slide", "Slide"], ["blink", "Blink"]]} onPick={setWay} />
      {way === "side" ? (
        <Loupe live={images}>
          <Equation images={images} seen={seen} overlay={overlay} old={old} />
        </Loupe>
      ) : (
        <Loupe live={images}>
          <div class={`stage over ${old}`}>
            {way === "slide" ? <Slide clean={images.clean} adversarial={seen} /> : <Blink clean={images.clean} adversarial={seen} />}
          </div>
        </Loupe>
      )}
    </div>
  );
}

function Equation({ images, seen, overlay, old }: { images: Live; seen: Rgba | null; overlay: ComponentChildren; old: string }) {
  const id = useId();
  const { update, perturbation } = images;
  const [gain, setGain] = useState("");
  const shown = useMemo(
    () => (gain && perturbation && update?.gain ? amplified(perturbation, Number(gain) / update.gain) : perturbation),
    [gain, perturbation, update?.gain],
  );
  return (
    <div class={`stage ${old}`}>
      <Exhibit image={images.clean} title="Image" label={`The image${update ? `, classified as ${update.before.name}` : ""}`}>
        {update && <Outcome prediction={update.before} />}
      </Exhibit>
      <span class="operator" aria-hidden="true">+</span>
      <Exhibit image={shown} title="Perturbation" label="The signed perturbation, grey where nothing changes">
        <span class="gain">
          <label for={id}>amplified</label>
          <select id={id} class="select" value={gain} onChange={(event) => setGain(event.currentTarget.value)}>
            <option value="">{update ? `${short(update.gain)} ×` : "fully"}</option>
            {GAINS.map((factor) => (
              <option key={factor} value={factor}>{factor} ×</option>
            ))}
          </select>
        </span>
      </Exhibit>
      <span class="operator" aria-hidden="true">=</span>
      <Exhibit
        image={seen}
        title="Adversarial image"
        label={`The adversarial image${update ? `, classified as ${update.after.name}` : ""}`}
        fooled={update?.success ?? false}
      >
        {update && <Outcome prediction={update.after} />}
        {overlay}
      </Exhibit>
    </div>
  );
}

/** The adversarial image, under the heat map that came with it. */
function useOverlaid({ adversarial, overlay }: Live): Rgba | null {
  const maps = store.use((state) => state.offer.lab.colorMaps);
  const { colorMap, opacity } = store.use((state) => state.document.heat);
  const table = maps.find(({ name }) => name === colorMap);
  return useMemo(
    () => (adversarial && overlay && table ? laid(paint(overlay, tableOf(table), rangeOf([overlay])), adversarial, opacity) : adversarial),
    [adversarial, overlay, table, opacity],
  );
}

function Exhibit({ image, title, label, fooled, children }: {
  image: Rgba | null;
  title: string;
  label: string;
  fooled?: boolean;
  children?: ComponentChildren;
}) {
  return (
    <figure class={`exhibit${fooled ? " fooled" : ""}`}>
      <div class="frame">
        <PixelCanvas image={image} label={label} />
      </div>
      <figcaption>
        <span class="title">{title}</span>
        {children}
      </figcaption>
    </figure>
  );
}

function Outcome({ prediction }: { prediction: Predicted }) {
  return (
    <span class="verdict">
      <strong>{firstName(prediction.name)}</strong> <span class="number">{percent(prediction.probability)}</span>
    </span>
  );
}
