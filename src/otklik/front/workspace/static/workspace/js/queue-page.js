// The list as the other modules see it.

export const queue = () => document.getElementById("queue");
export const list = () => document.getElementById("rows");
export const row = (number) => document.getElementById(`t${number}`);
export const rows = () => [...(list()?.querySelectorAll("li[data-ticket]") ?? [])];

/** The request that is open beside the list. */
export const pane = () => document.getElementById("open");

/** Its number, or "". */
export const opened = () => pane()?.dataset.ticket ?? "";

let inside = "";

/** It is only looked into from the list (`queue-peek.js`). */
export const isPeeked = () => inside !== "" && inside === opened();
export const peeksAt = (number) => void (inside = number);

/** The row a step away from the open request, whether that is in the list still or has just left. */
export function neighbour(step) {
  const all = rows().filter((item) => !item.hasAttribute("data-gone") || item.dataset.ticket === opened());
  const at = all.findIndex((item) => item.dataset.ticket === opened());
  return at < 0 ? all[0] : all[at + step];
}

/** Mark the open request in the list; what was opened is read. */
export function markOpened() {
  const number = opened();
  for (const item of rows()) {
    const door = item.querySelector("a");
    if (item.dataset.ticket === number) {
      door.setAttribute("aria-current", "true");
      if (!isPeeked()) door.removeAttribute("data-unread");
    } else {
      door.removeAttribute("aria-current");
    }
  }
}

/** Rows that left the view and were only kept for the eye; that of the open request is the place from which one goes on. */
export function dropGone() {
  const kept = (item) => item.dataset.ticket === opened() || item.contains(document.activeElement);
  for (const item of rows().filter((one) => one.hasAttribute("data-gone") && !kept(one))) item.remove();
  for (const band of list()?.querySelectorAll("ol[data-band]") ?? []) {
    if (band.children.length) continue;
    if (band.previousElementSibling?.matches(".grp")) band.previousElementSibling.remove();
    band.remove();
  }
}

/** Put a row where it belongs; false when its band is not on the page. */
export function letIn(item) {
  const band = [...(list()?.querySelectorAll(`ol[data-band="${item.dataset.band}"]`) ?? [])].at(-1);
  if (!band) return false;
  const at = Number(item.dataset.at);
  const later = [...band.children].find((other) => Number(other.dataset.at) > at);
  if (!later && list().querySelector(".more-rows") && !band.nextElementSibling?.matches("ol, .grp")) return true;
  band.insertBefore(item, later ?? null);
  htmx.process(item);
  return true;
}
