// A window of the composer in which something is found, seen as it is read, and put where the caret was.
import { composer, textOf, type, write } from "./composer-form.js";

const written = new WeakSet();
document.addEventListener("focusin", ({ target }) => target.matches?.("#reply-text, #note-text") && written.add(target));

/** Put a text at the caret, or in place of `start` to `end`; where nobody has been in the field yet, at its end. */
export function put(form, mode, text, start, end) {
  const field = textOf(form, mode);
  form.querySelector(`#m-${mode}`).checked = true;
  if (!written.has(field)) write(field);
  const from = start ?? field.selectionStart;
  type(field, text, from, end ?? field.selectionEnd);
  return { field, from };
}

/**
 * The window called `name`.  `look(option, box)` asks how an option is read; `take(box, told)` uses the chosen one, by
 * a key (`told.strong` with Ctrl) or by a `told.button`; `find(box, query)`, where the options are all there, puts them
 * in order as one types.
 */
export function picker(name, { find, look, take }) {
  const opened = () => document.querySelector(`dialog[data-${name}-picker][open]`);
  const asking = (box) => box.querySelector(`#${name}-find`);
  const options = (box) => [...box.querySelectorAll("[role=option]:not([hidden])")];
  const chosen = (box) => box.querySelector("[role=option][aria-selected=true]:not([hidden])");
  const within = ({ target }, what) => composer() && target.closest(`[data-${name}-picker] ${what}`);

  async function mark(box, option) {
    for (const other of box.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", other === option);
    asking(box).setAttribute("aria-activedescendant", option?.id ?? "");
    if (!option) return;
    option.scrollIntoView({ block: "nearest" });
    const pane = box.querySelector(`#${name}-look`);
    if (pane.dataset.looks === option.id) return;
    pane.dataset.looks = option.id;
    const answer = await look(option, box).catch(() => null);
    if (answer?.ok && chosen(box) === option) pane.innerHTML = await answer.text();
  }

  document.addEventListener("input", ({ target }) => {
    const box = find && target.id === `${name}-find` && opened();
    if (!box) return;
    find(box, target.value.trim());
    mark(box, options(box)[0]);
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.id === `${name}-find` && opened();
    if (!box || event.isComposing) return;
    const all = options(box);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) {
      event.preventDefault();
      mark(box, all[(all.indexOf(chosen(box)) + step + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      take(box, { strong: event.ctrlKey || event.metaKey });
    }
  }, true);

  document.addEventListener("click", (event) => {
    const option = event.target.closest(`[data-${name}-picker] [role=option]`);
    if (option) mark(opened(), option);
  });
  document.addEventListener("dblclick", (event) => within(event, "[role=option]") && take(opened(), {}));
  document.addEventListener("submit", (event) => {
    if (!within(event, "[data-insert]")) return;
    event.preventDefault();
    take(opened(), { button: event.submitter });
  });

  return { opened, asking, options, chosen };
}
