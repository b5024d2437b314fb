import { useId } from "preact/hooks";
import type { UpdateFields } from "../api/types.js";
import { Note } from "../parts/Note.js";
import { algorithm, type PanelDocument } from "../state/document.js";
import { changePanel, store } from "../state/lab.js";
import { chooseModel } from "../image/choose.js";
import { ParameterFields } from "./AttackForm.js";
import { firstName } from "./attackState.js";
import { Bars } from "./Bars.js";

/** An input transformation before the network; the attack is not adaptive. */
export function Defence({ panel, update }: { panel: PanelDocument; update: UpdateFields | null }) {
  const id = useId();
  const { lab, catalog } = store.use((state) => state.offer);
  const defenses = catalog.filter(({ id: known }) => lab.defenses.includes(known));
  const models = store.use((state) => state.models);
  const present = store.use((state) => state.document.model);
  const robustVariant = models.find((model) => model.id === models.find((other) => other.id === present)?.robustVariant);
  const chosen = defenses.find((defense) => defense.id === panel.defense?.id);
  const defended = update?.defended;
  return (
    <>
      <div class="row">
        <div class="field narrow-field">
          <label for={id}>In front of the network</label>
          <select
            id={id}
            class="select"
            value={panel.defense?.id ?? ""}
            onChange={(event) => changePanel(panel.id, { defense: event.currentTarget.value ? algorithm(event.currentTarget.value) : null })}
          >
            <option value="">nothing</option>
            {defenses.map((defense) => (
              <option key={defense.id} value={defense.id}>{defense.title}</option>
            ))}
          </select>
        </div>
        {robustVariant?.atHand && (
          <button type="button" class="button bottom" onClick={() => chooseModel(robustVariant)}>
            Attack the adversarially trained network instead
          </button>
        )}
      </div>
      {chosen && panel.defense && <ParameterFields parameters={chosen.parameters} value={panel.defense} onChange={(defense) => changePanel(panel.id, { defense })} />}
      {defended && (
        <>
          <p>
            {defended.success ? "It does not help: the network still sees " : "With it the network sees "}
            <b class={defended.success ? "accent-text" : ""}>{firstName(defended.after.name)}</b>.
          </p>
          <Bars rows={defended.classes} shown={null} caption="Prediction behind the defence" />
        </>
      )}
      <Note>The attack is not adaptive. Adaptive attacks usually succeed: this shows how brittle the adversarial image is, not how robust the network is.</Note>
    </>
  );
}
