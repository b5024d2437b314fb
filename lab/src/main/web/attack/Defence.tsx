import { useId } from "preact/hooks";
import type { Algorithm } from "../api/state.js";
import type { Defended } from "../api/types.js";
import { chooseModel } from "../image/choose.js";
import { Icon } from "../parts/icons.js";
import { Note } from "../parts/Note.js";
import { percent } from "../parts/numbers.js";
import { algorithm, type PanelDocument } from "../state/document.js";
import { changePanel, store } from "../state/lab.js";
import { ParameterFields } from "./AttackForm.js";
import { firstName, MOST_DEFENSES } from "./attackState.js";
import type { Live } from "./liveUpdate.js";

/** Input transformations in front of the network, which everything in the panel is computed through. */
export function Defence({ panel, live: { update, state } }: { panel: PanelDocument; live: Live }) {
  const id = useId();
  const { lab, catalog } = store.use((whole) => whole.offer);
  const offered = catalog.filter(({ id: known }) => lab.defenses.includes(known));
  const models = store.use((whole) => whole.models);
  const present = store.use((whole) => whole.document.model);
  const robustVariant = models.find((model) => model.id === models.find((other) => other.id === present)?.robustVariant);
  const { defenses } = panel;
  const change = (changed: Algorithm[]) => changePanel(panel.id, { defenses: changed });
  const answered = JSON.stringify(state?.defenses) === JSON.stringify(defenses);
  return (
    <>
      {defenses.map((defense, at) => {
        const entry = offered.find((known) => known.id === defense.id);
        const title = entry?.title ?? defense.id;
        return (
          <section key={`${at} ${defense.id}`} class="defence" aria-label={title}>
            <div class="row apart">
              <h4>{title}</h4>
              <button type="button" class="button quiet square" aria-label={`Remove ${title}`} onClick={() => change(defenses.filter((_, other) => other !== at))}>
                <Icon name="close" />
              </button>
            </div>
            {entry && <ParameterFields parameters={entry.parameters} value={defense} onChange={(set) => change(defenses.map((other, place) => (place === at ? set : other)))} />}
          </section>
        );
      })}
      <div class="row">
        {defenses.length < MOST_DEFENSES && (
          <div class="field narrow-field">
            <label for={id}>{defenses.length > 0 ? "Then, in front of the network" : "In front of the network"}</label>
            <select id={id} class="select" value="" onChange={(event) => change([...defenses, algorithm(event.currentTarget.value)])}>
              <option value="">{defenses.length > 0 ? "nothing more" : "nothing"}</option>
              {offered.map((entry) => (
                <option key={entry.id} value={entry.id}>{entry.title}</option>
              ))}
            </select>
          </div>
        )}
        {robustVariant?.atHand && (
          <button type="button" class="button bottom" onClick={() => chooseModel(robustVariant)}>
            Attack the adversarially trained network instead
          </button>
        )}
      </div>
      {answered && update?.defended && <Attacked defended={update.defended} />}
      {defenses.length > 0 && (
        <Note>
          The attack knows the defence. Everything here is of the network behind it: the attack, the predictions, the heat maps, the curves. An
          attack that fails here proves nothing: a stronger one may succeed.
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
