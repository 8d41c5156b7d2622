// Whoever walks along the list finds the next request drawn already: it is fetched while the open one is read.
import { neighbour, row } from "./queue-page.js";

/** Longer than this nobody relies on what was drawn before. */
const KEEPS = 30_000;
/** Whoever only passes by fetches nothing. */
const RESTS = 400;

let step = 0;
let like = null;
let kept = null;
let resting = null;

/** The hand goes along the list, to the next request (1) or to the one before (-1). */
export function walks(to) {
  step = to;
}

const opens = (ctx) => ctx.target?.id === "open" && ctx.request.method === "GET" && ctx.sourceElement?.matches(".qrow");
const addressOf = (number) => row(number)?.querySelector("a.qrow")?.getAttribute("hx-get");

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") kept = null; // an act may have changed what it says
  if (!opens(ctx)) return;
  clearTimeout(resting);
  like = ctx.request;
  const answer = kept?.action === ctx.request.action && performance.now() < kept.until ? kept.answer : null;
  kept = null;
  if (answer) ctx.fetch = async (action, request) => (await answer) ?? fetch(action, request);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!step || !opens(ctx)) return;
  clearTimeout(resting);
  resting = setTimeout(fetchAhead, RESTS);
});

function fetchAhead() {
  const number = neighbour(step)?.dataset.ticket;
  const action = number && addressOf(number);
  if (!action || document.hidden) return;
  const answer = fetch(action, { ...like, signal: undefined, headers: { ...like.headers, "X-Ahead": "1" } });
  kept = {
    number, action, until: performance.now() + KEEPS,
    answer: answer.then((came) => (came.status === 200 ? whole(came) : null)).catch(() => null),
  };
}

// To its last byte: what is not read yet would be waited for after the key, and what breaks off is asked for anew.
const whole = async (came) => new Response(await came.blob(), { status: came.status, headers: came.headers });

const forget = (number) => {
  if (!number || kept?.number === String(number)) kept = null;
};
document.body.addEventListener("live:ticket", ({ detail }) => forget(detail.id));
document.body.addEventListener("live:connected", () => forget());
document.addEventListener("ticket:changed", ({ detail }) => forget(detail?.number));
