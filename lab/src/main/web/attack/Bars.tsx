import type { ComponentChildren } from "preact";
import type { BeforeAfter } from "../api/types.js";
import { styleOf } from "../colors/classColors.js";
import { useSlots } from "../colors/useSlots.js";
import { percent } from "../parts/numbers.js";

/** The leading classes before and after; picking one explains it by the heat maps. */
export function Bars({ rows, shown, onPick, caption, old = "", children }: {
  rows: BeforeAfter[];
  shown: number | null;
  onPick?: (index: number | null) => void;
  caption: string;
  old?: string;
  children?: ComponentChildren;
}) {
  const slot = useSlots();
  return (
    <div class={`bars ${old}`}>
      <div class="bars-head">
        <h3>{caption}</h3>
        <span class="legend">
          <i class="key clean" /> before <i class="key adversarial" /> after
        </span>
      </div>
      <ul>
        {rows.map((row) => (
          <li key={row.index} class={styleOf(slot(row.index))}>
            {onPick ? (
              <button
                type="button"
                class="bar-row"
                aria-pressed={row.index === shown}
                title={`Heat maps of ${row.name}`}
                onClick={() => onPick(row.index === shown ? null : row.index)}
              >
                <Row row={row} />
              </button>
            ) : (
              <div class="bar-row">
                <Row row={row} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}

function Row({ row }: { row: BeforeAfter }) {
  return (
    <>
      <span class="bar-name">{row.name}</span>
      <span class="bar-values number">
        <span class="unseen">before </span>
        <span class="before">{percent(row.before)}</span>
        <span class="unseen"> after </span>
        <span class="after">{percent(row.after)}</span>
      </span>
      <span class="bar-tracks" aria-hidden="true">
        <i class="clean" style={{ width: `${100 * row.before}%` }} />
        <i class="adversarial" style={{ width: `${100 * row.after}%` }} />
      </span>
    </>
  );
}
