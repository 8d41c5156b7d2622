// A colour is typed or picked: the browser's own picker stands beside the field and follows it.
const field = document.querySelector("[data-colour]");
if (field) {
  const picker = document.createElement("input");
  const follow = () => {
    if (/^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value.toLowerCase();
  };
  picker.type = "color";
  picker.className = "picker";
  picker.value = "#0b6e99";
  picker.setAttribute("aria-label", document.querySelector(`label[for="${field.id}"]`).textContent);
  picker.disabled = field.matches(":disabled");
  picker.addEventListener("input", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", follow);
  follow();
  const row = document.createElement("div");
  row.className = "colour";
  field.replaceWith(row);
  row.append(field, picker);
}
