import type { CatalogEntry } from "../api/types.js";

/** One algorithm of the catalogue, grouped by kind. */
export function AlgorithmSelect({ id, entries, kinds, value, onPick }: {
  id: string;
  entries: CatalogEntry[];
  kinds: readonly (readonly [string, string])[];
  value: string;
  onPick: (id: string) => void;
}) {
  return (
    <select id={id} class="select" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
      {kinds.map(([kind, title]) => (
        <optgroup key={kind} label={title}>
          {entries
            .filter((entry) => entry.kind === kind)
            .map((entry) => (
              <option key={entry.id} value={entry.id}>{entry.title}</option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
