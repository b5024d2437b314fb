import type { StudyDetails } from "../api/types.js";
import { LineChart, type Line } from "../curves/LineChart.js";
import { Note } from "../parts/Note.js";
import { TilePair } from "../wall/TilePair.js";
import { WallView } from "../wall/WallView.js";
import { exactEpsilon, short } from "../parts/numbers.js";

const MOST_ROWS = 200;
const MOST_TICKS = 6;

export function RunDetail({ detail, error }: { detail: StudyDetails; error: string | null }) {
  const { columns, rows } = detail.table ?? { columns: [], rows: [] };
  const isLinf = (detail.spec.norm ?? "linf") === "linf";
  return (
    <div class="run-detail">
      {error && <Note strong>{error}</Note>}
      {detail.table && <WallView detail={detail} />}
      <div class="charts">
        {detail.charts?.map((chart) => (
          <RunChart key={chart.title} chart={chart} xText={isLinf ? exactEpsilon : short} />
        ))}
      </div>
      {rows.length > 0 && (
        <div class="wide results" tabIndex={0} role="region" aria-label={`Results of ${detail.title}`}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">before, after</th>
                {columns.map((column) => (
                  <th key={column.id} scope="col" class={column.type === "number" ? "right" : ""}>{column.title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MOST_ROWS).map((row, at) => (
                <tr key={at}>
                  <td>
                    <TilePair study={detail.id} tile={at} />
                  </td>
                  {row.map((value, place) => (
                    <td key={place} class={typeof value === "number" ? "right number" : ""}>{cell(value, columns[place]?.id === "epsilon" && isLinf)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="row small">
        {rows.length > MOST_ROWS && <span class="muted">The first {MOST_ROWS} of {rows.length} rows.</span>}
        {detail.table === null && <span class="muted">The results come when the run is done.</span>}
        {detail.table && <a href={`api/studies/${encodeURIComponent(detail.id)}/result`} target="_blank" rel="noreferrer">
          result.json
        </a>}
      </p>
    </div>
  );
}

function RunChart({ chart, xText }: { chart: NonNullable<StudyDetails["charts"]>[number]; xText: (x: number) => string }) {
  const xs = chart.series.flatMap(({ x }) => x);
  const ys = chart.series.flatMap(({ y }) => y).filter((y) => y !== null);
  if (new Set(xs).size < 2 || ys.length === 0) {
    return null;
  }
  const lines: Line[] = chart.series.map(({ name, x, y }) => ({
    name,
    slot: null,
    points: x.map((value, place) => ({ x: value, y: y[place] ?? null })),
  }));
  const places = [...new Set(xs)].sort((a, b) => a - b);
  const isShare = ys.every((y) => y >= 0 && y <= 1);
  return (
    <figure class="run-chart">
      <figcaption>
        <h4>{chart.title}</h4>
        <span class="tiny muted">{`${chart.yTitle} against ${chart.xTitle}`}</span>
      </figcaption>
      <LineChart
        title={`${chart.title}: ${chart.yTitle} against ${chart.xTitle}`}
        lines={lines}
        from={Math.min(...xs)}
        to={Math.max(...xs)}
        low={isShare ? 0 : Math.min(...ys)}
        high={isShare ? 1 : Math.max(...ys)}
        height={180}
        {...(places.length <= MOST_TICKS ? { ticks: places } : {})}
        xText={xText}
        yText={short}
      />
    </figure>
  );
}

function cell(value: string | number | boolean | null, isEpsilon: boolean): string {
  if (typeof value === "number") return isEpsilon ? exactEpsilon(value) : short(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value ?? "–";
}
