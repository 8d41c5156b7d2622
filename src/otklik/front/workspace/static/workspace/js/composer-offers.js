// What is offered in which text, and by what sign.
import { announce } from "../../ui/js/page.js";
import { composer, outcomeOf, type } from "./composer-form.js";
import { insert } from "./composer-saved.js";

// `typed` finds the sign and what follows it; a plus alone is a plus, and so is a row of equal signs.
const SAVED = {
  name: "saved",
  typed: /(?:^|\s)(::)([^\s:]{0,40})$/u,
  address: (form) => `${form.dataset.saved}names/`,
  read: ({ replies }) => replies.map(({ id, name, shortcut }) => ({ id, name, hint: shortcut && `::${shortcut}`, words: shortcut })),
  take: (field, { id }, start, end) => insert(composer(), id, start, end),
};

const COLLEAGUE = {
  name: "colleague",
  typed: /(?:^|[\s(])(@|\+(?=[^\s@+]))([^\s@+]{0,40})$/u,
  address: (form) => form.dataset.colleagues,
  read: ({ people }) => people.map(({ id, name, title }) => ({ id, name, hint: title, words: "" })),
  take: (field, { name }, start, end) => type(field, `@${name} `, start, end),
};

// A field becomes its value at once; where nothing is known its place is chosen, to be typed over.
const fieldsFor = (mode) => ({
  name: "field",
  typed: /(?:^|[\s(])(==)([^\s=]{0,40})$/u,
  address: (form) => `${form.dataset.fields}?${new URLSearchParams({ mode, ...promised(form) })}`,
  read: ({ fields }) => fields.map((one) => ({ ...one, words: one.value, hint: one.value || composer().dataset.unknown, empty: !one.value })),
  take(field, { value, hole }, start, end) {
    type(field, value || hole, start, end);
    if (value) return;
    field.setSelectionRange(start, start + hole.length);
    announce(composer().dataset.unknownSaid);
  },
});

const requestsFor = (mode) => ({
  name: "request",
  typed: /(?:^|[\s(])([№#])([^\s№#]{0,40})$/u,
  address: (form) => `${form.dataset.requests}?mode=${mode}`,
  read: ({ requests }) => requests.map((one) => ({ ...one, words: `${one.id} ${one.title}`, hint: one.title })),
  take: (field, { text }, start, end) => type(field, `${text} `, start, end),
  sure: ({ id }, query) => !/^\d/u.test(query) || String(id) === query, // №48 of a bill is not our № 4812
});

export const OFFERS = {
  "reply-text": [SAVED, fieldsFor("reply"), requestsFor("reply")],
  "note-text": [COLLEAGUE, fieldsFor("note"), requestsFor("note")],
};

// The date that the answer is going to promise is a field of its own.
function promised(form) {
  const chosen = new FormData(form);
  if (outcomeOf(form) !== "promise") return {};
  return Object.fromEntries([["next", "promise"], ...["promise_until", "promise_other"].map((name) => [name, chosen.get(name) ?? ""])]);
}
