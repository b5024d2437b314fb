import type { Defended } from "../api/types.js";
import { chooseModel } from "../image/choose.js";
import { Note } from "../parts/Note.js";
import { percent } from "../parts/numbers.js";
import type { PanelDocument } from "../state/document.js";
import { changePanel, store } from "../state/lab.js";
import { firstName } from "./attackState.js";
import { DefenceChoice } from "./DefenceChoice.js";
import type { Live } from "./liveUpdate.js";

/** Input transformations in front of the network, which everything in the panel is computed through. */
export function Defence({ panel, live: { update, state } }: { panel: PanelDocument; live: Live }) {
  const models = store.use((whole) => whole.models);
  const present = store.use((whole) => whole.document.model);
  const robustVariant = models.find((model) => model.id === models.find((other) => other.id === present)?.robustVariant);
  const { defenses } = panel;
  const answered = JSON.stringify(state?.defenses) === JSON.stringify(defenses) && state?.adaptive === panel.adaptive;
  return (
    <>
      <DefenceChoice value={defenses} onChange={(changed) => changePanel(panel.id, { defenses: changed })}>
        {robustVariant?.atHand && (
          <button type="button" class="button bottom" onClick={() => chooseModel(robustVariant)}>
            Attack the adversarially trained network instead
          </button>
        )}
      </DefenceChoice>
      {defenses.length > 0 && (
        <label class="tick knows-defence">
          <input type="checkbox" checked={panel.adaptive} onChange={(event) => changePanel(panel.id, { adaptive: event.currentTarget.checked })} />
          The attack knows the defence (adaptive)
        </label>
      )}
      {answered && update?.defended && <Attacked defended={update.defended} />}
      {defenses.length > 0 && (
        <Note>
          {panel.adaptive
            ? "The attack knows the defence. Everything here is of the network behind it: the attack, the predictions, the heat maps, the curves. An attack that fails here proves nothing: a stronger one may succeed."
            : "The attack does not know the defence: it is made for the network alone. The predictions, heat maps and curves are of the network behind the defence. That such an attack fails says little: one that knows the defence may succeed."}
        </Note>
      )}
    </>
  );
}

/** How the gradients pass, and what the same images are to the network without the defence. */
function Attacked({ defended }: { defended: Defended }) {
  const { gradients, random, before, after, success } = defended;
  return (
    <>
      <p class="defence-gradients">
        Gradients: <b>{gradients}</b>.{random && " The predictions are those of one draw."}
      </p>
      <p>
        Without the defence the network {success ? "is fooled by this adversarial image as well" : "is not fooled by this adversarial image"}: it sees{" "}
        <b class={success ? "accent-text" : ""}>{firstName(after.name)}</b> ({percent(after.probability)}), and {firstName(before.name)} (
        {percent(before.probability)}) in the clean image.
      </p>
    </>
  );
}
