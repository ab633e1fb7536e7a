// Comforts for readers on every page; each page works without them.

// The settings of the display, kept in this browser alone.
const form = document.querySelector("form.display");
if (form) {
  const root = document.documentElement;
  document.querySelector("button.display").hidden = false;
  for (const field of form.elements) {
    const chosen = root.dataset[field.name] ?? "";
    if (field.type === "radio") field.checked = field.value === chosen;
    if (field.type === "checkbox") field.checked = field.value === chosen;
  }
  form.addEventListener("change", ({ target }) => {
    const value = target.type === "checkbox" && !target.checked ? "" : target.value;
    if (value) root.dataset[target.name] = value;
    else delete root.dataset[target.name];
    try {
      if (value) localStorage.setItem(`display.${target.name}`, value);
      else localStorage.removeItem(`display.${target.name}`);
    } catch { /* It holds for this page, if not for the next. */ }
    document.dispatchEvent(new Event("display"));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

// What may be meant is offered below a search box, by a script that comes when it is first used.
for (const find of document.querySelectorAll("form.find[data-script]")) {
  find.addEventListener("focusin", async () => {
    (await import(find.dataset.script)).attach(find);
  }, { once: true });
}

// The address of a search holds what is asked, and no field that was left empty.
document.getElementById("asking")?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (!value || (name === "scope" && value === "in_force")) formData.delete(name);
  }
});

// Another language or edition opens at the passage that is being read, or, where that is not in it,
// at the nearest before it that is. The page that opens knows which there are.
function passagesRead() {
  const passed = [];
  for (const passage of scrollY ? document.querySelectorAll("[id^='s-'], [id^='p-']") : []) {
    const { top, left, right, height } = passage.getBoundingClientRect();
    if (height && top < innerHeight / 3 && right > 0 && left < innerWidth) passed.push([top, passage.id]);
  }
  // Side by side the one in view may be anywhere in the document.
  const [nearest, ...others] = passed.sort(([one], [other]) => other - one).map(([, id]) => id);
  // Where a section is not there, none of its paragraphs is.
  const beside = `p-${nearest?.split("-")[1]}-`;
  return nearest ? [nearest, ...others.filter((id) => id.startsWith("s-") || id.startsWith(beside))] : [];
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".languages a, .editions a");
  if (!link) return;
  const ids = passagesRead();
  link.hash = ids[0] ?? "";
  try { sessionStorage.setItem("passages", JSON.stringify({ path: link.pathname, ids })); } catch { /* Then the first alone is tried. */ }
});

try {
  const { path, ids } = JSON.parse(sessionStorage.getItem("passages"));
  sessionStorage.removeItem("passages");
  const there = ids.find((id) => document.getElementById(id));
  if (path === location.pathname && location.hash === `#${ids[0]}` && there !== ids[0]) location.replace(`#${there ?? ""}`);
} catch { /* Nobody came from another language or edition. */ }

// A button beside each text worth copying.
const words = document.querySelector(".copy-words");
if (words && navigator.clipboard) {
  for (const text of document.querySelectorAll(".copyable")) {
    const copied = text.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.dataset.copy;
    button.lang = document.documentElement.lang;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copied);
      button.textContent = words.dataset.copied;
      setTimeout(() => { button.textContent = words.dataset.copy; }, 2000);
    });
    text.append(button);
  }
}
