// Sending: one press at a time, a lost connection loses nothing, errors lead to their field.
import { announce, shown } from "../../ui/js/page.js";
import { say } from "../../ui/js/toast.js";
import { composer, notice, show, textOf } from "./composer-form.js";
import { forget } from "./composer-draft.js";

const TROUBLE = "#stale, #foreign, #doubts, #unfilled, #trouble, [aria-invalid=true]";
let lostAt = 0;
// What is only fetched into a place of its own (`data-beside`) sends no text and keeps nobody from typing.
const ours = ({ detail }) => {
  const source = detail?.ctx?.sourceElement;
  return source?.closest?.("[data-beside]") ? null : source?.closest?.("#composer");
};

document.addEventListener("htmx:before:request", (event) => {
  const form = ours(event);
  if (!form) return;
  busy(form, true);
  show(form, "offline", false);
  show(form, "online", false);
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = ours(event);
  if (form) busy(form, false);
});

// What would be typed while a text is on its way would be neither in the letter nor in the draft.
function busy(form, is) {
  form.toggleAttribute("data-busy", is);
  for (const field of form.querySelectorAll("textarea")) field.readOnly = is;
}

document.addEventListener("htmx:error", (event) => {
  const form = ours(event);
  if (!form) return;
  event.stopPropagation();
  if (!form.isConnected) return unsent(form, event.detail.ctx);
  lostAt = performance.now();
  show(form, "online", false);
  show(form, "offline").scrollIntoView({ block: "nearest" });
}, true);

// Who has gone on to another request sees nothing of this form: a line says where the text waits.
function unsent(form, { request }) {
  if (request.method === "POST" && /\/(reply|note)\/$/.test(request.action)) say(form.dataset.unsent, { state: "error" });
}

// What was asked after the loss and gets through shows that the connection is back: an answer that was on its way before
// does not.  What was not sent still waits for the hand.
function back({ detail }) {
  const form = composer();
  if (!form || notice(form, "offline").hidden || detail.asked < lostAt) return;
  show(form, "offline", false);
  show(form, "online");
}

document.body.addEventListener("live:connected", back);
document.addEventListener("draft:kept", back);
document.addEventListener("presence:told", back);

// Before the page goes on to the next ticket the sent text must not be kept as a draft again.
document.addEventListener("htmx:before:response", (event) => {
  const form = ours(event);
  const { raw, status } = event.detail.ctx.response ?? {};
  if (form && status < 300 && (raw.headers.get("HX-Redirect") || raw.headers.get("HX-Trigger")?.includes("composer:sent"))) {
    forget(form, event.detail.ctx.request.action.endsWith("/note/") ? "note" : "reply");
    if (raw.headers.get("HX-Redirect")) form.reset();
  } else if (form && !form.isConnected) {
    unsent(form, event.detail.ctx);
  }
});

document.addEventListener("htmx:after:swap", (event) => {
  const form = composer();
  const target = event.detail?.ctx?.target;
  if (!form || (target !== "#composer" && target?.id !== "composer")) return;
  asDrawn(form);
  form.dispatchEvent(new CustomEvent("composer:drawn", { bubbles: true }));
  [...form.querySelectorAll(TROUBLE)].map(inSight).find(shown)?.focus();
});

// A wrong date is that of the chip which is chosen, as long as none of one's own is written.
const inSight = (field) => (shown(field) ? field : field.closest(".dates")?.querySelector(":checked") ?? field);

// The morph changes attributes; ticks that were touched by hand follow only here.
function asDrawn(form) {
  for (const tick of form.querySelectorAll("[type=checkbox], [type=radio]")) tick.checked = tick.defaultChecked;
  for (const option of form.querySelectorAll("option")) option.selected = option.defaultSelected;
}

// Only the bar came: below it the form becomes as after a fresh start; a note that was begun stays.
function empty(form, { key, seen }) {
  const note = textOf(form, "note").value;
  for (const gone of form.querySelectorAll("#stale, #doubts, .err, .callout[role=alert]:not([data-notice]), [data-mode=reply] .uploads > *")) gone.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const field of form.querySelectorAll("textarea, input:not([type])")) field.defaultValue = "";
  form.reset();
  textOf(form, "note").value = note;
  form.elements.key.value = key;
  form.elements.seen.value = seen;
  form.dispatchEvent(new CustomEvent("composer:emptied", { bubbles: true }));
}

document.addEventListener("composer:sent", ({ detail }) => {
  const form = composer();
  if (form && form.dataset.number !== String(detail.number)) return;
  if (form && detail.key) empty(form, detail);
  const bar = form?.querySelector(".sentbar p");
  if (bar) announce(bar.innerText);
  const next = form?.querySelector(".sentbar [data-key=next]");
  if (next && !document.querySelector("dialog[open]")) next.focus({ preventScroll: true });
  else if (detail.mode === "note") textOf(form, "reply")?.blur();
});
