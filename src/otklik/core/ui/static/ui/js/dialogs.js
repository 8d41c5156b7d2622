// Native dialogs.  data-dialog="id" opens one of the page; a fetched <dialog data-open> opens itself and leaves when
// closed.  The server closes with HX-Trigger: dialog:close; a dialog that is a page of its own leads back then, by the
// link with data-back.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) open(document.getElementById(opener.dataset.dialog));
  const closer = event.target.closest("[data-close]");
  if (closer) shut(closer.closest("dialog, [popover], [data-toast]"));
  // A click beside the dialog closes it unless something was typed.
  if (event.target.matches("dialog[open]") && outside(event) && !touched(event.target)) event.target.close();
});

document.addEventListener("dialog:close", (event) => {
  const layer = event.target.closest?.("dialog") ?? top();
  if (layer) shut(layer);
  else leave();
});
document.addEventListener("htmx:after:swap", openFetched);
document.addEventListener("htmx:after:settle", openFetched);

// The focus goes where the work is, not to the button that closes.
function open(dialog) {
  dialog?.showModal();
  const first = dialog?.querySelector("[autofocus]") ?? dialog?.querySelector(".in :is(input, select, textarea, button, a)");
  first?.focus();
}

/** Open what was fetched and wants to be open. */
export function openFetched() {
  for (const dialog of document.querySelectorAll("dialog[data-open]:not([open])")) {
    const from = document.activeElement;
    open(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (document.activeElement === document.body) from?.focus?.();
    });
  }
}

// A form that came back with an error leads once to the field to be put right.
document.addEventListener("htmx:after:settle", () => {
  const wrong = top()?.querySelector("[aria-invalid=true]");
  if (!wrong || "led" in wrong.dataset) return;
  wrong.dataset.led = "";
  requestAnimationFrame(() => wrong.focus()); // htmx itself focuses what has autofocus, after this
});

// Mod+Enter sends the form of a dialog, from a text of many lines too.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest?.("dialog[open] form");
  const button = form?.querySelector("[type=submit]");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});

function shut(layer) {
  if (!layer) return;
  if (layer.matches("dialog")) layer.close();
  else if (layer.matches("[popover]")) layer.hidePopover();
  else layer.remove();
}

function leave() {
  const back = document.querySelector("[data-back]");
  if (back) location.assign(back.href);
}

const top = () => [...document.querySelectorAll("dialog[open]")].pop();

function outside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

function touched(dialog) {
  return [...dialog.querySelectorAll("textarea, input")].some((field) => field.value !== field.defaultValue);
}
