/** An error response of the server; the message is for users. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const UNREACHABLE = "The lab does not answer. Is it still running?";

async function send(path: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new HttpError(0, UNREACHABLE);
  }
  if (response.ok) {
    return response;
  }
  const text = await response.text();
  let message = text || `The lab answered ${response.status}.`;
  try {
    message = (JSON.parse(text) as { error?: string }).error ?? message;
  } catch {
    message = `The lab answered ${response.status}.`;
  }
  throw new HttpError(response.status, message);
}

export async function getJson<T>(path: string): Promise<T> {
  return (await send(path, {})).json() as Promise<T>;
}

export async function getBytes(path: string): Promise<ArrayBuffer> {
  return (await send(path, {})).arrayBuffer();
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  return (await post(path, body)).json() as Promise<T>;
}

export async function postBytes<T>(path: string, body: Blob): Promise<T> {
  const headers = { "Content-Type": body.type || "application/octet-stream" };
  return (await send(path, { method: "POST", headers, body })).json() as Promise<T>;
}

/** Sends JSON and saves the file that comes back under the name the server gives it. */
export async function download(path: string, body: unknown): Promise<string> {
  const response = await post(path, body);
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const name = /filename="?([^";]+)"?/.exec(disposition)?.[1] ?? "adversight";
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return name;
}

export async function remove<T>(path: string): Promise<T> {
  return (await send(path, { method: "DELETE" })).json() as Promise<T>;
}

function post(path: string, body: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return send(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
