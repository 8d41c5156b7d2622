// A password field one can look at: the button appears only where the script runs.
for (const box of document.querySelectorAll("[data-reveal]")) {
  const field = box.querySelector("input");
  const button = box.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
  field.form?.addEventListener("submit", () => (field.type = "password"));
}
