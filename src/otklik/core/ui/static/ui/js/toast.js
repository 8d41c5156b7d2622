// Short news at the bottom.  From the server: a message, or HX-Trigger: {"say": {"text": "…", "undo": "/address/"}}.
// State "quiet": the page shows it already, only a screen reader is told.
import { announce, glyph, make, shown, words } from "./page.js";

const STAY = 6000;
const GLYPHS = { error: "alert", info: "info" };
const box = () => document.getElementById("toasts");

/** Show a line; `undo` is an address that takes the act back, within `stay` ms; `state` "error" stays until closed.
 *  `ask` is a dialog that may follow: {"text": "…", "address": "/…/"}. */
export function say(text, { undo = "", ask = null, state = "", stay = STAY } = {}) {
  const toast = make("div", { class: "toast", role: state === "error" ? "alert" : "status", "data-toast": true, "data-state": state, "data-stay": stay });
  toast.append(glyph(GLYPHS[state] ?? "check"), make("span", {}, text));
  if (undo) toast.append(undoForm(undo));
  if (ask) toast.append(make("a", { class: "btn s", href: ask.address, "hx-get": ask.address, "hx-target": "#dialog-slot", "hx-swap": "innerHTML" }, ask.text));
  toast.append(make("button", { class: "btn icon s", type: "button", "data-close": true, "aria-label": words.close }, glyph("x", "s")));
  box()?.append(toast);
  window.htmx?.process(toast);
  expire(toast);
  return toast;
}

function undoForm(address) {
  const button = make("button", { class: "btn s", type: "submit", "data-undo": true }, words.undo);
  const form = make("form", { action: address, method: "post", "hx-post": address, "hx-swap": "none" }, button);
  form.addEventListener("htmx:finally:request", ({ detail }) => detail.ctx.response?.status < 500 && form.closest("[data-toast]").remove());
  return form;
}

// The key takes back the last act; once that is done or gone, the one before it.
function keyTheLast() {
  const buttons = [...box().querySelectorAll("[data-undo]")];
  for (const button of buttons) delete button.dataset.key;
  if (buttons.length) buttons.at(-1).dataset.key = "undo";
}
if (box()) new MutationObserver(keyTheLast).observe(box(), { childList: true });

// A toast waits while it is looked at; an error waits for the person.
function expire(toast) {
  if (toast.dataset.state === "error") return;
  const stay = Number(toast.dataset.stay) || STAY;
  let timer = setTimeout(remove, stay);
  function remove() {
    if (toast.matches(":hover, :focus-within")) timer = setTimeout(remove, STAY);
    else toast.remove();
  }
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => (timer = setTimeout(remove, stay)));
}

/** Let a ready line of the server in. */
export function letIn(toast) {
  box()?.append(toast);
  window.htmx?.process(toast);
  expire(toast);
}

document.querySelectorAll("[data-toast]").forEach(expire);
// What a new page brings along is no change of it: only what is written afterwards is read aloud.
addEventListener("load", () => {
  const said = [...(box()?.querySelectorAll(".toast > span") ?? [])].filter(shown).map((line) => line.innerText);
  if (said.length) announce(said.join(". "));
});
document.addEventListener("say", ({ detail }) => {
  const text = detail.text ?? detail.value ?? "";
  if (detail.state === "quiet") announce(text);
  else say(text, detail);
});
// News that is too long for a header is the body (`announce` of the workspace); htmx tells it as that of HX-Trigger.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.response.headers.get("HX-News") !== "body") return;
  ctx.hx.trigger = ctx.text;
  ctx.text = "";
});
// A page that says what broke is no part of this page: htmx leaves it (noSwap), and the person reads a line.  What is
// 409 or 422 is drawn in its place; what carries news of its own says them.
document.addEventListener("htmx:response:error", ({ detail }) => {
  const { status, headers } = detail.ctx.response;
  if ([409, 422].includes(status) || headers.get("HX-Redirect") || headers.get("HX-Trigger")?.includes('"say"')) return;
  say(status === 404 ? words.gone : words.failed, { state: "error" });
});
document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.error?.name !== "AbortError") say(words.failed, { state: "error" });
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-say], [data-copy]");
  if (button?.dataset.copy) {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(words.copied);
  } else if (button) {
    say(button.dataset.say);
  }
});

