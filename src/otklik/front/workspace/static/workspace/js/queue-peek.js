// Space: look inside without leaving the list.  The focus stays on the row, the request stays unread, and colleagues do
// not see me there.  Whoever goes on into it, by a press or by a key of the request, has opened it.
import { on } from "../../ui/js/keys.js";
import { words } from "../../ui/js/page.js";
import { say } from "../../ui/js/toast.js";
import { isPeeked, markOpened, opened, pane, peeksAt, rows } from "./queue-page.js";

let peeks = null;

function peek() {
  const current = document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row][data-current]");
  const door = current?.querySelector("a.qrow");
  if (!door) return false;
  if (current.dataset.ticket === opened()) return true;
  peeks = door;
  door.click();
  door.focus({ preventScroll: true });
  return true;
}
on("row-peek", peek, () => rows().length > 0);

const opens = (ctx) => ctx.target?.id === "open" && ctx.sourceElement?.matches?.(".qrow");

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!opens(ctx)) return;
  ctx.peeks = ctx.sourceElement === peeks;
  peeks = null;
  // Said before the answer is drawn: part of it may be drawn before the rest.
  peeksAt(ctx.peeks ? ctx.sourceElement.closest("[data-ticket]").dataset.ticket : "");
  if (ctx.peeks) ctx.request.headers["X-Ahead"] = "1"; // drawn without a trace
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.peeks && ctx.response?.raw?.status === 204) say(words.onlyOpened, { state: "info" });
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target?.id !== "open") return;
  if (!ctx.peeks) peeksAt("");
  pane()?.toggleAttribute("data-peeked", isPeeked());
});

/** From here on it is open as any other: `talk.js` and the heartbeat say so. */
export function goIn() {
  if (!isPeeked()) return;
  peeksAt("");
  pane().removeAttribute("data-peeked");
  markOpened();
  document.dispatchEvent(new CustomEvent("peek:ends"));
}
for (const way of ["pointerdown", "focusin"]) {
  document.addEventListener(way, (event) => event.target.closest?.("#open") && goIn());
}
