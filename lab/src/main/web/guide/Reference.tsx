import { useState } from "preact/hooks";
import type { CatalogEntry } from "../api/types.js";
import { tidy } from "../parts/numbers.js";
import { store } from "../state/lab.js";
import { About } from "./About.js";

/** Everything the catalogue has, explained. */
export function Reference() {
  const catalog = store.use((state) => state.offer.catalog);
  const [wanted, setWanted] = useState("");
  const text = wanted.trim().toLowerCase();
  const matching = catalog.filter(({ id, title, paper }) => `${id} ${title} ${paper}`.toLowerCase().includes(text));
  const kinds = [...new Set(matching.map(({ kind }) => kind))];
  return (
    <div class="stack view">
      <header class="view-head">
        <div>
          <h2>Reference</h2>
          <p class="muted">Every attack, explanation and measure: what it computes, what to look for, where it comes from.</p>
        </div>
        <input class="input find" type="search" placeholder="Find" aria-label="Find in the reference" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </header>
      {kinds.map((kind) => (
        <section key={kind} class="card section" aria-labelledby={`kind-${kind}`}>
          <h3 id={`kind-${kind}`}>{matching.find((entry) => entry.kind === kind)?.kindTitle}</h3>
          <div class="entries">
            {matching.filter((entry) => entry.kind === kind).map((entry) => (
              <ReferenceEntry key={entry.id} entry={entry} />
            ))}
          </div>
        </section>
      ))}
      {matching.length === 0 && <p class="muted">Nothing is called so.</p>}
    </div>
  );
}

function ReferenceEntry({ entry }: { entry: CatalogEntry }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="entry" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{entry.title}</span> <code class="muted">{entry.id}</code>
      </summary>
      {open && <About entry={entry} />}
      {open && entry.parameters.length > 0 && (
        <div class="wide" tabIndex={0} role="region" aria-label={`Parameters of ${entry.title}`}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">What it does</th>
                <th scope="col">Default</th>
                <th scope="col">Range</th>
              </tr>
            </thead>
            <tbody>
              {entry.parameters.map((parameter) => (
                <tr key={parameter.name}>
                  <td class="mono">{parameter.name}</td>
                  <td>{parameter.doc}</td>
                  <td class="mono">{tidy(parameter.default)}</td>
                  <td>{parameter.range}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
