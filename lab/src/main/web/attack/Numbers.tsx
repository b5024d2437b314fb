import type { UpdateFields } from "../api/types.js";
import { epsilonText, percent, short, timeText, type Units } from "../parts/numbers.js";
import { firstName } from "./attackState.js";

/** How large the change is, and whether it survives being saved as a PNG. */
export function Numbers({ update, units, old }: { update: UpdateFields; units: Units; old: string }) {
  const { norms, rounded } = update;
  const facts: [string, string, string][] = [
    ["L∞", epsilonText(norms["linf"] ?? 0, units), "Largest change of any pixel"],
    ["L2", short(norms["l2"]), "Length of the change"],
    ["Changed", percent((norms["l0"] ?? 0) / (update.width * update.height * update.channels)), "Share of the values that changed at all"],
    ["SSIM", short(update.ssim), "Structural similarity; 1 is the same image"],
    ["PSNR", update.psnr === null ? "∞" : `${short(update.psnr)} dB`, "Peak signal to noise ratio; higher is closer"],
    ["As PNG", rounded ? (rounded.success ? "still fools" : firstName(rounded.after.name)) : "…", "Class after rounding to 8 bits per channel"],
    ["Took", timeText(update.cost.milliseconds), `${update.cost.forwards} forward and ${update.cost.backwards} backward passes`],
  ];
  return (
    <dl class={`numbers ${old}`}>
      {facts.map(([name, value, hint]) => (
        <div key={name} title={hint}>
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
