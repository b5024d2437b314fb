import type { ModelDetails, ModelSummary } from "../api/types.js";
import { percent, shapeText } from "../parts/numbers.js";
import { Sheet } from "../parts/Sheet.js";

/** What is known about a network: its card, its preprocessing, its layers. */
export function ModelCard({ model, entry, onClose }: { model: ModelDetails; entry: ModelSummary | undefined; onClose: () => void }) {
  const facts = Object.entries(model.card).filter(([, value]) => value !== null && value !== "" && !isLong(value));
  return (
    <Sheet title={model.title} onClose={onClose}>
      {entry?.note && <p>{entry.note}</p>}
      {entry && Object.keys(entry.measured).length > 0 && (
        <p class="row">
          {Object.entries(entry.measured).map(([name, value]) => (
            <span key={name} class="chip">
              {name} {value <= 1 ? percent(value) : value}
            </span>
          ))}
        </p>
      )}
      <h3>Card and preprocessing</h3>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{spaced(name)}</dt>
            <dd>{written(value)}</dd>
          </div>
        ))}
      </dl>
      <h3>Layers</h3>
      <div class="wide" tabIndex={0} role="region" aria-label="Layers">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">Shape</th>
            </tr>
          </thead>
          <tbody>
            {model.layers.map((layer) => (
              <tr key={layer.name}>
                <td class="mono">{layer.name}</td>
                <td>{layer.type}</td>
                <td class="number">{shapeText(layer.shape)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

function isLong(value: unknown): boolean {
  return Array.isArray(value) && value.length > 12;
}

/** Nested facts as people would write them down. */
function written(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(written).join(", ");
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${spaced(name)} ${written(inner)}`)
      .join("; ");
  }
  return String(value);
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
