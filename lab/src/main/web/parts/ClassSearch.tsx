import { useId, useMemo, useState } from "preact/hooks";

const MOST = 40;

/** Finds a class by its name or number; the list follows the WAI-ARIA pattern of a combobox. */
export function ClassSearch({ label, none, names, value, onPick }: {
  label: string;
  none: string;
  names: string[];
  value: number | null;
  onPick: (value: number | null) => void;
}) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = text !== null;
  const found = useMemo(() => matches(names, text ?? ""), [names, text]);
  const options: (number | null)[] = [null, ...found];
  const shown = text ?? (value === null ? "" : (names[value] ?? String(value)));

  const pick = (option: number | null | undefined) => {
    setText(null);
    if (option !== undefined && option !== value) {
      onPick(option);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at) => (open ? (at + step + options.length) % options.length : 0));
      setText((old) => old ?? "");
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setText(null);
    }
  };
  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      <div class="combo">
        <input
          id={`${id}-input`}
          class="input"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open ? `${id}-${active}` : undefined}
          autocomplete="off"
          placeholder={none}
          value={shown}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => setText((old) => old ?? "")}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setActive(event.currentTarget.value ? 1 : 0);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setText(null)}
        />
        {open && (
          <ul class="combo-list" id={`${id}-list`} role="listbox" aria-label={label}>
            {options.map((option, at) => (
              <li
                key={option ?? -1}
                id={`${id}-${at}`}
                role="option"
                aria-selected={at === active}
                onPointerDown={(event) => {
                  event.preventDefault();
                  pick(option);
                }}
                onPointerMove={() => setActive(at)}
              >
                {option === null ? none : names[option]}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Names that begin with the text come first. */
function matches(names: string[], text: string): number[] {
  const wanted = text.trim().toLowerCase();
  const all = names.map((name, index) => ({ index, name: name.toLowerCase() }));
  const found = all.filter(({ index, name }) => name.includes(wanted) || String(index) === wanted);
  const starts = (name: string) => (name.startsWith(wanted) ? 0 : 1);
  if (wanted) {
    found.sort((a, b) => starts(a.name) - starts(b.name) || a.index - b.index);
  }
  return found.slice(0, MOST).map(({ index }) => index);
}
