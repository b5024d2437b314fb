import type { ComponentChildren } from "preact";
import type { Rgba } from "../api/envelope.js";
import type { Prediction, Update } from "../api/types.js";
import { percent, short } from "../parts/numbers.js";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import { firstName } from "./attackState.js";

export interface Pictures {
  clean: Rgba | null;
  perturbation: Rgba | null;
  adversarial: Rgba | null;
}

/** Picture plus perturbation is the adversarial picture. */
export function Stage({ update, pictures }: { update: Update | null; pictures: Pictures }) {
  return (
    <div class="stage">
      <Exhibit picture={pictures.clean} title="Picture" label={`The picture${update ? `, taken for ${update.before.name}` : ""}`}>
        {update && <Verdict prediction={update.before} />}
      </Exhibit>
      <span class="operator" aria-hidden="true">+</span>
      <Exhibit
        picture={pictures.perturbation}
        title="Perturbation"
        label="The signed perturbation, grey where nothing changes"
      >
        <span class="muted">{update ? `shown ${short(update.gain)} × as strong` : " "}</span>
      </Exhibit>
      <span class="operator" aria-hidden="true">=</span>
      <Exhibit
        picture={pictures.adversarial}
        title="Adversarial picture"
        label={`The adversarial picture${update ? `, taken for ${update.after.name}` : ""}`}
        fooled={update?.success ?? false}
      >
        {update && <Verdict prediction={update.after} />}
      </Exhibit>
    </div>
  );
}

function Exhibit({ picture, title, label, fooled, children }: {
  picture: Rgba | null;
  title: string;
  label: string;
  fooled?: boolean;
  children?: ComponentChildren;
}) {
  return (
    <figure class={`exhibit${fooled ? " fooled" : ""}`}>
      <div class="frame">
        <PixelCanvas picture={picture} label={label} />
      </div>
      <figcaption>
        <span class="title">{title}</span>
        {children}
      </figcaption>
    </figure>
  );
}

function Verdict({ prediction }: { prediction: Prediction }) {
  return (
    <span class="verdict">
      <strong>{firstName(prediction.name)}</strong> <span class="number">{percent(prediction.probability)}</span>
    </span>
  );
}
