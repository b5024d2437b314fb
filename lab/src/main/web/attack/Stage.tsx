import type { ComponentChildren } from "preact";
import type { Rgba } from "../api/envelope.js";
import type { Predicted } from "../api/types.js";
import { useMemo } from "preact/hooks";
import { overlay as laid, paint, rangeOf, tableOf } from "../maps/colors.js";
import { store } from "../state/lab.js";
import type { Live } from "./liveUpdate.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { firstName } from "./attackState.js";

/** Image plus perturbation is the adversarial image. */
export function Stage({ live: images, overlay, old }: { live: Live; overlay: ComponentChildren; old: string }) {
  const { update } = images;
  const seen = useOverlaid(images);
  return (
    <div class={`stage ${old}`}>
      <Exhibit image={images.clean} title="Image" label={`The image${update ? `, classified as ${update.before.name}` : ""}`}>
        {update && <Outcome prediction={update.before} />}
      </Exhibit>
      <span class="operator" aria-hidden="true">+</span>
      <Exhibit
        image={images.perturbation}
        title="Perturbation"
        label="The signed perturbation, grey where nothing changes"
      >
        <span class="muted">{update ? `shown ${short(update.gain)} × as strong` : " "}</span>
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
