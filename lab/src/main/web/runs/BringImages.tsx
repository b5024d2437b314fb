import { useState } from "preact/hooks";
import { messageOf, postBytes } from "../api/http.js";
import type { ImageInfo } from "../api/types.js";
import { Icon } from "../parts/icons.js";

const AT_A_TIME = 2;
const IMAGE = /\.(png|jpe?g|webp|tiff?|bmp|gif|npy)$/i;

/**
 * Takes many images, dropped or chosen, for one run. The folder in which an image lies names its
 * class, where there is one below the chosen one.
 */
export function BringImages({ count, onBrought }: { count: number; onBrought: (images: ImageInfo[]) => void }) {
  const [state, setState] = useState("");
  const take = async (files: File[]) => {
    const images = files.filter(({ name, type }) => type.startsWith("image/") || IMAGE.test(name));
    const brought = new Map<number, ImageInfo>();
    const problems: string[] = [];
    let next = 0;
    const bring = async () => {
      for (let at = next++, file = images[at]; file; at = next++, file = images[at]) {
        try {
          brought.set(at, await upload(file));
        } catch (problem) {
          problems.push(`${file.name}: ${messageOf(problem)}`);
        }
        setState(`${brought.size} of ${images.length} images`);
      }
    };
    setState(`0 of ${images.length} images`);
    await Promise.all(Array.from({ length: AT_A_TIME }, bring));
    const others = files.length - images.length;
    setState(
      [`${brought.size} images brought`, ...(others > 0 ? [`${others} other files left out`] : []), ...problems.slice(0, 3), ...(problems.length > 3 ? [`and ${problems.length - 3} more`] : [])].join("; "),
    );
    onBrought([...brought].sort(([one], [other]) => one - other).map(([, image]) => image));
  };
  return (
    <div
      class="bring"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void dropped(event).then(take);
      }}
    >
      <span>
        {count > 0 ? `${count} images of yours are ready.` : "Drop images or folders here, or choose them."}
        {state && (
          <span class="muted small" role="status">
            {" "}
            {state}
          </span>
        )}
      </span>
      <span class="row">
        <label class="button low">
          <Icon name="upload" /> Choose images
          <input type="file" class="unseen" multiple accept="image/*,.npy" onChange={(event) => void take([...(event.currentTarget.files ?? [])])} />
        </label>
        <label class="button low">
          Choose a folder
          <input
            type="file"
            class="unseen"
            multiple
            ref={(input) => input?.setAttribute("webkitdirectory", "")}
            onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
          />
        </label>
      </span>
    </div>
  );
}

function upload(file: File): Promise<ImageInfo> {
  const folders = (file.webkitRelativePath || paths.get(file) || "").split("/").slice(1, -1);
  const label = folders[folders.length - 1] ?? "";
  return postBytes<ImageInfo>(`api/images?name=${encodeURIComponent(file.name)}&label=${encodeURIComponent(label)}`, file);
}

/** The paths of files of dropped folders, which the browser does not tell. */
const paths = new WeakMap<File, string>();

async function dropped(event: DragEvent): Promise<File[]> {
  const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    paths.set(file, entry.fullPath.slice(1));
    return [file];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(filesOf))).flat());
  }
}
