import { useState } from "preact/hooks";
import { Sheet } from "../parts/Sheet.js";

const STOPS: readonly (readonly [string, string])[] = [
  ["A network can be fooled", "On the left of the panel is an image, on the right nearly the same image. The network classifies them differently. Between them is the perturbation, amplified: grey is no change."],
  ["Move the slider", "Epsilon is how far every pixel may move. At zero both images are equal. Move it slowly to the right and watch the class flip; the mark on the curve shows where."],
  ["Compare the predictions", "The bars show the leading classes before and after. Pick a class to see its heat maps."],
  ["Compare the heat maps", "A heat map marks the pixels that contribute to a class according to one method. Compare before and after: do other pixels contribute, or the same ones to another class? Methods disagree; trust none of them alone."],
  ["Try to break it, and to save it", "Take another attack, aim for a class of your choice, put a defence in front of the network, or show the same image to other networks. Everything you set is in the address: copy the link to keep it."],
];

/** Five stops, a minute. */
export function Tour({ onClose }: { onClose: () => void }) {
  const [at, setAt] = useState(0);
  const [title, text] = STOPS[at] ?? ["", ""];
  const last = at === STOPS.length - 1;
  return (
    <Sheet title={title} narrow onClose={onClose}>
      <p role="status">{text}</p>
      <div class="row apart">
        <span class="muted small">
          {at + 1} of {STOPS.length}
        </span>
        <span class="row">
          <button type="button" class="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
            Back
          </button>
          <button type="button" class="button main" onClick={() => (last ? onClose() : setAt(at + 1))}>
            {last ? "Begin" : "Next"}
          </button>
        </span>
      </div>
    </Sheet>
  );
}
