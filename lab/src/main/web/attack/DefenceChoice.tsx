import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Algorithm } from "../api/state.js";
import { Icon } from "../parts/icons.js";
import { algorithm } from "../state/document.js";
import { store } from "../state/lab.js";
import { ParameterFields } from "./AttackForm.js";
import { MOST_DEFENSES } from "./attackState.js";

/** The defences in front of a network, in the order in which an image passes them; the children stand beside the choice of one more. */
export function DefenceChoice({ value, onChange, children }: { value: Algorithm[]; onChange: (defenses: Algorithm[]) => void; children?: ComponentChildren }) {
  const id = useId();
  const { lab, catalog } = store.use((whole) => whole.offer);
  const offered = catalog.filter(({ id: known }) => lab.defenses.includes(known));
  return (
    <>
      {value.map((defense, at) => {
        const entry = offered.find((known) => known.id === defense.id);
        const title = entry?.title ?? defense.id;
        return (
          <section key={`${at} ${defense.id}`} class="defence" aria-label={title}>
            <div class="row apart">
              <h4>{title}</h4>
              <button type="button" class="button quiet square" aria-label={`Remove ${title}`} onClick={() => onChange(value.filter((_, other) => other !== at))}>
                <Icon name="close" />
              </button>
            </div>
            {entry && <ParameterFields parameters={entry.parameters} value={defense} onChange={(set) => onChange(value.map((other, place) => (place === at ? set : other)))} />}
          </section>
        );
      })}
      <div class="row">
        {value.length < MOST_DEFENSES && (
          <div class="field narrow-field">
            <label for={id}>{value.length > 0 ? "Then, in front of the network" : "In front of the network"}</label>
            <select id={id} class="select" value="" onChange={(event) => onChange([...value, algorithm(event.currentTarget.value)])}>
              <option value="">{value.length > 0 ? "nothing more" : "nothing"}</option>
              {offered.map((entry) => (
                <option key={entry.id} value={entry.id}>{entry.title}</option>
              ))}
            </select>
          </div>
        )}
        {children}
      </div>
    </>
  );
}
