import type { ComponentChildren } from "preact";
import { PixelCanvas } from "../parts/PixelCanvas.js";
import type { Live } from "./liveUpdate.js";

/** What stays in view while a panel scrolls: the verdict, the adversarial image in small, and the slider. */
export function Strip({ live, old, headline, slider }: { live: Live; old: string; headline: ComponentChildren; slider: ComponentChildren }) {
  return (
    <div class="strip">
      <div class={`strip-image ${old}${live.update?.success ? " fooled" : ""}`}>
        <PixelCanvas image={live.adversarial} label="" />
      </div>
      <div class="strip-head">{headline}</div>
      {slider}
    </div>
  );
}
