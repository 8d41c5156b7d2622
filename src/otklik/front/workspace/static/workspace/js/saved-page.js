// The page of a saved reply: a press puts a place where the caret stands, in the language of that text.
import { type } from "./composer-form.js";

let last = document.querySelector("#saved-reply textarea");
document.addEventListener("focusin", ({ target }) => target.matches("#saved-reply textarea") && (last = target));
document.addEventListener("click", ({ target }) => {
  const place = target.closest("[data-place]");
  if (place) type(last, `{{${last.lang === "en" ? place.dataset.placeEn : place.dataset.place}}}`);
});
