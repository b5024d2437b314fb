/** Where a picture of a tile of a run's wall is. */
export function pictureOf(study: string, tile: number, which: "clean" | "adversarial"): string {
  return `api/studies/${encodeURIComponent(study)}/tiles/${tile}/${which}`;
}

/** An image of a run before and after the attack. */
export function TilePair({ study, tile }: { study: string; tile: number }) {
  return (
    <span class="wall-pair">
      <img class="pixels" loading="lazy" src={pictureOf(study, tile, "clean")} alt="" />
      <img class="pixels" loading="lazy" src={pictureOf(study, tile, "adversarial")} alt="" />
    </span>
  );
}
