import type { Tile } from "../api/types.js";
import { firstName } from "../attack/attackState.js";

/** More classes than these are joined as "others", the rarest first. */
const MOST = 15;
const OTHERS = "others";

/** Which class is taken for which, clean and under attack. */
export function Confusion({ tiles }: { tiles: Tile[] }) {
  const classes = leading(tiles);
  const given = tiles.every(({ labelGiven }) => labelGiven);
  return (
    <div class="stack">
      <div class="confusions">
        <Matrix title="Clean" classes={classes} tiles={tiles} predicted={({ before }) => before} />
        <Matrix title="Under attack" classes={classes} tiles={tiles} predicted={({ after }) => after} />
      </div>
      <p class="muted small">
        Rows are {given ? "true classes" : "true classes where they are known, else what the network saw in the clean image"}; columns are predictions.
      </p>
    </div>
  );
}

function Matrix({ title, classes, tiles, predicted }: { title: string; classes: string[]; tiles: Tile[]; predicted: (tile: Tile) => string }) {
  const known = (name: string) => (classes.includes(name) ? name : OTHERS);
  const count = (row: string, column: string) => tiles.filter((tile) => known(tile.label) === row && known(predicted(tile)) === column).length;
  const right = tiles.filter((tile) => tile.label === predicted(tile)).length;
  return (
    <section class="stack tight" aria-label={`Confusion matrix, ${title.toLowerCase()}`}>
      <h4>
        {title}{" "}
        <span class="muted small">
          {right} of {tiles.length} right
        </span>
      </h4>
      <div class="wide" tabIndex={0} role="region" aria-label={`${title}: counts`}>
        <table class="confusion">
          <thead>
            <tr>
              <td />
              {classes.map((column) => (
                <th key={column} scope="col">
                  <span>{firstName(column)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((row) => {
              const counts = classes.map((column) => count(row, column));
              const whole = Math.max(1, counts.reduce((sum, one) => sum + one, 0));
              return (
                <tr key={row}>
                  <th scope="row">{firstName(row)}</th>
                  {counts.map((one, at) => (
                    <td key={at} class={classes[at] === row ? "right-class" : ""} style={{ "--share": `${Math.round((60 * one) / whole)}%` } as never}>
                      {one === 0 ? "" : one}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function leading(tiles: Tile[]): string[] {
  const counts = new Map<string, number>();
  tiles.flatMap(({ label, before, after }) => [label, before, after]).forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  const names = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return names.length <= MOST ? names.sort() : [...names.slice(0, MOST - 1).sort(), OTHERS];
}
