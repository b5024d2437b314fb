import { useId } from "preact/hooks";
import type { Algorithm } from "../api/state.js";
import type { CatalogParameter } from "../api/types.js";
import { DraftInput } from "../parts/DraftInput.js";
import { tidy } from "../parts/numbers.js";

/** Fields for all parameters of an algorithm, as the catalogue describes them. */
export function ParameterFields({ parameters, value, onChange }: {
  parameters: CatalogParameter[];
  value: Algorithm;
  onChange: (value: Algorithm) => void;
}) {
  if (parameters.length === 0) {
    return <p class="muted small">It has no parameters.</p>;
  }
  const set = (name: string, text: string) => {
    const { [name]: _, ...others } = value.parameters;
    const standard = parameters.find((parameter) => parameter.name === name)?.default;
    onChange({ ...value, parameters: text === "" || text === standard || (standard !== undefined && text === tidy(standard)) ? others : { ...others, [name]: text } });
  };
  return (
    <div class="fields">
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={value.parameters[parameter.name] ?? tidy(parameter.default)}
          onChange={(text) => set(parameter.name, text)}
        />
      ))}
    </div>
  );
}

function ParameterField({ parameter, value, onChange }: {
  parameter: CatalogParameter;
  value: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  const { name, type, doc, range, choices } = parameter;
  const described = `${id}-hint`;
  if (type === "true or false") {
    return (
      <div class="field">
        <span class="label">{spoken(name)}</span>
        <label class="tick">
          <input type="checkbox" checked={value === "true"} aria-describedby={described} onChange={(event) => onChange(String(event.currentTarget.checked))} />
          <span class="unseen">{spoken(name)}: </span>
          <span class="small">{value === "true" ? "yes" : "no"}</span>
        </label>
        <span class="hint" id={described}>{doc}</span>
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>{spoken(name)}</label>
      {choices.length > 0 && !type.startsWith("list") ? (
        <select id={id} class="select" value={value} aria-describedby={described} onChange={(event) => onChange(event.currentTarget.value)}>
          {withValue(choices, value).map((choice) => (
            <option key={choice} value={choice}>{choice || "automatic"}</option>
          ))}
        </select>
      ) : (
        <DraftInput
          id={id}
          value={value}
          inputMode={type === "integer" ? "numeric" : type === "number" ? "decimal" : "text"}
          aria-describedby={described}
          onCommit={(text) => onChange(text.trim())}
        />
      )}
      <span class="hint" id={described}>
        {doc}
        {range && choices.length === 0 ? `; ${range}` : ""}
      </span>
    </div>
  );
}

function withValue(choices: string[], value: string): string[] {
  return choices.includes(value) ? choices : [value, ...choices];
}

function spoken(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
