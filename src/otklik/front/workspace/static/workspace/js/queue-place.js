// Where one was in the list: kept for the way back, also on a phone where the list gives way to the conversation.
import { act, on } from "../../ui/js/keys.js";
import { walks } from "./ahead.js";
import { goIn } from "./queue-peek.js"; // before what follows a swap here: it knows whether the request was opened
import { list, markOpened, neighbour, opened, queue, row, rows } from "./queue-page.js";

const key = () => `queue-place:${queue()?.dataset.address ?? ""}`;
const narrow = matchMedia("(max-width: 860px)");
if (narrow.matches) history.scrollRestoration = "manual"; // the list is not there yet when the browser would do it

function keep() {
  const place = narrow.matches ? scrollY : list()?.scrollTop;
  if (queue()?.dataset.address && (!narrow.matches || !opened())) sessionStorage.setItem(key(), String(place ?? 0));
}

function restore() {
  const place = Number(sessionStorage.getItem(key()) ?? 0);
  if (narrow.matches) {
    if (!opened()) requestAnimationFrame(() => scrollTo(0, place));
  } else if (list()) {
    list().scrollTop = place;
    row(opened())?.scrollIntoView({ block: "nearest" });
  }
}

addEventListener("pagehide", keep);
document.addEventListener("htmx:before:request", keep);
document.addEventListener("click", (event) => {
  const door = event.target.closest(".qrow");
  if (!door || event.ctrlKey || event.metaKey || event.shiftKey) return;
  keep();
  for (const other of document.querySelectorAll(".qrow[aria-current]")) other.removeAttribute("aria-current");
  door.setAttribute("aria-current", "true");
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const target = detail?.ctx?.target;
  if (target?.id === "queue" || target?.id === "open" || target?.hasAttribute?.("hx-history-elt")) restore();
  markOpened();
});

// [ and ]: the neighbours of the open request in this list, whether it is in the list still or has just left.
function go(step) {
  if (isComing()) return void (toGo = step);
  const next = neighbour(step);
  const door = next?.querySelector("a");
  // A row that keeps the focus would take the following keys for its own request.
  if (document.activeElement?.closest("#rows")) door?.focus({ preventScroll: true });
  walks(step);
  door?.click();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}
const inQueue = () => rows().length > 0 || isComing();
on("next", () => go(1), inQueue);
on("previous", () => go(-1), inQueue);

// Beside a request that was opened by its address the list comes a little later: the step waits for it.
let toGo = 0;
const isComing = () => queue()?.getAttribute("aria-busy") === "true";
document.addEventListener("htmx:after:swap", () => {
  if (!toGo || isComing()) return;
  const step = toGo;
  toGo = 0;
  go(step);
});

// A key of a request means the row that has the focus: it is opened, and the act follows.
const OF_A_REQUEST = new Set([
  "reply", "note", "forward", "take", "assign", "together", "line", "send-back", "status", "priority", "template", "macro",
  "labels", "details", "task", "visit", "change", "next-step", "snooze", "merge", "tie", "watch", "copy-link", "unread",
  "refuse", "close", "close-next", "incident", "problem", "complaint", "call-note", "article", "article-make", "field",
  "still-true",
]);
let meant = null;

document.addEventListener("key:act", (event) => {
  const item = event.target.closest?.("#rows [data-ticket]");
  if (!item || !OF_A_REQUEST.has(event.detail.action)) return;
  if (item.dataset.ticket === opened()) return goIn();
  event.preventDefault();
  meant = { number: item.dataset.ticket, action: event.detail.action };
  item.querySelector("a").click();
});

document.addEventListener("htmx:after:swap", () => {
  if (!meant || meant.number !== opened()) return;
  const { action } = meant;
  meant = null;
  act(action);
});

markOpened();
restore();
