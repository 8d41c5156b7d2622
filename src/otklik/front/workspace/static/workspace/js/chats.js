// My live chats over the list: seconds run and news come in.  Their sound is of every page: core/ui/figures.js.
import { serverNow, span } from "../../ui/js/timers.js";

const GATHER = 300;
const strip = () => document.getElementById("chats");
let address = "";
let gathering = null;
let turn = 0;
let drawnFor = "";
const opened = () => document.getElementById("open")?.dataset.ticket ?? "";

async function fetchStrip() {
  gathering = null;
  const place = strip();
  address = place?.dataset.fetch ?? address;
  if (!place || !address) return;
  drawnFor = opened();
  const mine = ++turn;
  const answer = await fetch(`${address}?open=${drawnFor}`).catch(() => null);
  if (!answer?.ok || mine !== turn) return;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const fresh = box.content.firstElementChild;
  const now = strip();
  if (!fresh || !now || mine !== turn) return;
  const focus = now.contains(document.activeElement) ? document.activeElement.dataset.ticket : "";
  now.replaceWith(fresh);
  htmx.process(fresh);
  if (focus) fresh.querySelector(`[data-ticket="${focus}"]`)?.focus();
  run();
}

function run() {
  const now = serverNow() / 1000;
  for (const one of document.querySelectorAll("#chats [data-since]")) one.textContent = span(Math.max(0, now - Number(one.dataset.since)));
}

const soon = () => (gathering ??= setTimeout(fetchStrip, GATHER));

document.body.addEventListener("live:ticket", soon);
document.body.addEventListener("live:connected", soon);
document.addEventListener("ticket:changed", soon);
// Another request is open, or the list was drawn anew with an empty strip.
document.addEventListener("htmx:after:swap", () => (strip()?.dataset.fetch || opened() !== drawnFor) && soon());
setInterval(run, 1000);
soon();
