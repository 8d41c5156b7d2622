// Files that were kept with a draft can be taken out again; new ones are the business of ui/js/upload.js.
import { post } from "../../ui/js/page.js";
import { composer } from "./composer-form.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("#composer .uploads button");
  if (!button) return;
  const form = composer();
  const focus = button.closest(".write").querySelector("textarea");
  const row = button.closest("li");
  if (button.dataset.removeFile) {
    post(button.dataset.removeFile, new FormData()).catch(() => {});
    row.remove();
  }
  focus.focus();
  form.dispatchEvent(new CustomEvent("composer:changed", { bubbles: true }));
});

document.addEventListener("upload:done", (event) => {
  if (event.target.closest("#composer")) composer().dispatchEvent(new CustomEvent("composer:changed", { bubbles: true }));
});
