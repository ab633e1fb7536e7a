// Offers what a reader may be about to type, below a search box, as the combobox pattern of WAI-ARIA
// has it. Without this the box is a plain form, and stays one for whoever takes no suggestion.

const PAUSE = 120; // Milliseconds without a key after which it is worth asking.

export function attach(form) {
  const box = form.querySelector("input[type=search]");
  const { suggest, label, none, one, many } = form.dataset;
  const list = document.createElement("ul");
  list.className = "offered";
  list.id = `${box.id}-offered`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  form.append(list, said);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) box.setAttribute(name, value);

  let active = -1;
  let timer;
  let asking;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    said.textContent = "";
    box.setAttribute("aria-expanded", "false");
    point(-1);
  }

  // The focus stays in the box; which of the list is meant is told by its id.
  function point(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const option = list.children[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function offer([, texts, labels, urls]) {
    point(-1);
    list.replaceChildren(...texts.map((text, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = urls[place];
      const where = document.createElement("small");
      where.textContent = labels[place];
      option.append(text, " ", where);
      return option;
    }));
    list.hidden = !texts.length;
    box.setAttribute("aria-expanded", String(texts.length > 0));
    const words = texts.length === 0 ? none : texts.length === 1 ? one : many;
    said.textContent = words.replace("{n}", texts.length);
  }

  async function ask() {
    asking?.abort();
    const query = box.value.trim();
    if (!query) return close();
    asking = new AbortController();
    try {
      const address = `${suggest}?${new URLSearchParams({ q: query })}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok && document.activeElement === box) offer(await answer.json());
    } catch { /* Another key was faster, or the network is away: the form still works. */ }
  }

  function follow(option) {
    location.assign(option.dataset.url);
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    // Keys that choose the characters of a word are the input method's.
    if (event.isComposing || event.keyCode === 229) return;
    const count = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return void ask();
      if (event.altKey) return event.key === "ArrowUp" ? close() : undefined;
      // Past the ends one is back in the box.
      const step = event.key === "ArrowDown" ? 1 : -1;
      point((active + 1 + step + count + 1) % (count + 1) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      follow(list.children[active]);
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      point(-1);
    }
  });
  box.addEventListener("blur", close);
  // A press must not take the focus from the box, as the list closes when it has gone.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) follow(option);
  });
  form.addEventListener("submit", close);
  // What was typed before this came.
  if (box.value !== box.defaultValue) ask();
}
