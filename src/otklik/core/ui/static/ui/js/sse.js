// Reads one event stream with fetch: every event name, the last id as a header, and pings that EventSource hides.

/**
 * Read until the stream ends or `signal` stops it; `headers` go along.  `onEvent({name, data, id})`, `onBeat()` at every sign of life.
 * Resolves when the server closed, rejects when the network failed or the answer was not a stream.
 */
export async function read(address, { last, signal, headers: more = {}, onEvent, onBeat }) {
  const headers = { Accept: "text/event-stream", ...more, ...(last ? { "Last-Event-ID": last } : {}) };
  const answer = await fetch(address, { headers, signal, credentials: "same-origin", cache: "no-store" });
  if (!answer.ok || !answer.body) throw Object.assign(new Error(`stream ${answer.status}`), { status: answer.status });
  onBeat();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  const parse = parser(onEvent);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBeat();
    parse(value);
  }
}

/** Feed it pieces of text as they come; it calls back once an event is whole. */
export function parser(onEvent) {
  let rest = "";
  let event = { name: "message", data: [], id: "" };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r/);
    rest = lines.pop();
    for (const line of lines) event = take(line, event, onEvent);
  };
}

function take(line, event, onEvent) {
  if (line === "") {
    if (event.data.length) onEvent({ ...event, data: event.data.join("\n") });
    return { name: "message", data: [], id: "" };
  }
  const [, field, value] = /^([^:]*)(?:: ?(.*))?$/.exec(line);
  if (field === "data") event.data.push(value ?? "");
  if (field === "event") event.name = value;
  if (field === "id") event.id = value;
  return event;
}
