import { useId, useState } from "preact/hooks";
import type { CatalogEntry } from "../api/types.js";
import { About } from "../guide/About.js";
import { AlgorithmSelect } from "../parts/AlgorithmSelect.js";
import { ClassSearch } from "../parts/ClassSearch.js";
import { Icon } from "../parts/icons.js";
import { algorithm, type PanelDocument } from "../state/document.js";
import { changePanel, removePanel, store } from "../state/lab.js";
import { ParameterFields } from "./AttackForm.js";
import { ATTACK_KINDS, epsilons, isBounded } from "./attackState.js";
import { normTitle } from "./EpsilonSlider.js";
import { LabelGoal } from "./LabelGoal.js";

/** Which attack, towards what, measured how. */
export function PanelHead({ panel, entry, names, before, removable }: {
  panel: PanelDocument;
  entry: CatalogEntry | undefined;
  names: string[];
  /** The class of the clean image, where it is known. */
  before: number | null;
  removable: boolean;
}) {
  const id = useId();
  const { lab, catalog } = store.use((state) => state.offer);
  const model = store.use((state) => state.models.find(({ id: known }) => known === state.document.model));
  const opened = store.use((state) => state.opened[state.document.model]);
  const [shown, setShown] = useState<"parameters" | "about" | null>(null);
  const toggle = (part: "parameters" | "about") => setShown((now) => (now === part ? null : part));
  const changeNorm = (norm: string) => changePanel(panel.id, { norm, epsilon: epsilons(norm, model).usual });
  return (
    <header class="panel-head">
      <div class="panel-fields">
        <div class="field wide-field">
          <label for={`${id}-attack`}>Attack</label>
          <AlgorithmSelect
            id={`${id}-attack`}
            entries={catalog}
            kinds={ATTACK_KINDS}
            value={panel.attack.id}
            onPick={(attack) => changePanel(panel.id, { attack: algorithm(attack) })}
          />
        </div>
        {opened && opened.independent.length > 0 ? (
          <LabelGoal model={opened} before={before} target={panel.target} onPick={(target) => changePanel(panel.id, { target })} />
        ) : (
          <ClassSearch
            label="Target"
            none="Any other class"
            names={names}
            value={panel.target}
            onPick={(target) => changePanel(panel.id, { target })}
          />
        )}
        <div class="field">
          <label for={`${id}-norm`}>Norm</label>
          <select id={`${id}-norm`} class="select" value={panel.norm} onChange={(event) => changeNorm(event.currentTarget.value)}>
            {lab.norms.map((norm) => (
              <option key={norm} value={norm}>{normTitle(norm)}</option>
            ))}
          </select>
        </div>
        <div class="row panel-buttons">
          <button type="button" class="button" aria-expanded={shown === "parameters"} onClick={() => toggle("parameters")}>
            Parameters
            {Object.keys(panel.attack.parameters).length > 0 && <span class="chip accent">{Object.keys(panel.attack.parameters).length}</span>}
          </button>
          <button type="button" class="button" aria-expanded={shown === "about"} onClick={() => toggle("about")}>
            About
          </button>
          {removable && (
            <button type="button" class="button quiet square" aria-label={`Remove attack ${panel.id}`} onClick={() => removePanel(panel.id)}>
              <Icon name="close" />
            </button>
          )}
        </div>
      </div>
      {shown === "parameters" && entry && (
        <div class="panel-drawer">
          <ParameterFields parameters={entry.parameters} value={panel.attack} onChange={(attack) => changePanel(panel.id, { attack })} />
          <div class="row apart small muted">
            <span>
              {isBounded(entry) ? "The slider sets how far the attack may go." : "This attack finds its own distance; the slider does not bind it."}
            </span>
            <button type="button" class="button low" onClick={() => changePanel(panel.id, { seed: panel.seed + 1 })}>
              <Icon name="dice" /> Other random numbers ({panel.seed})
            </button>
          </div>
        </div>
      )}
      {shown === "about" && entry && (
        <div class="panel-drawer">
          <About entry={entry} />
        </div>
      )}
    </header>
  );
}
