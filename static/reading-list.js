// The list of what to read: kept in this browser alone, put in order, taken off, copied.

const list = document.getElementById("reading-list");
const words = list.dataset;
const copyAll = document.querySelector(".copy-all");
const told = document.querySelector(".told");
document.querySelector(".without-script").hidden = true;

// Whatever was stored there: only what names a text can be shown.
function kept() {
  try {
    const stored = JSON.parse(localStorage.getItem("reading-list"));
    return [stored].flat().filter((one) => typeof one?.title === "string" && typeof one.url === "string");
  } catch { return []; }
}

function keep(items, said) {
  localStorage.setItem("reading-list", JSON.stringify(items));
  show();
  told.textContent = said;
}

function button(act, title, does) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words[act] });
  made.dataset.act = act;
  made.setAttribute("aria-label", `${words[act]}: ${title}`);
  made.addEventListener("click", does);
  return made;
}

function move(from, to, act) {
  const items = kept();
  items.splice(to, 0, ...items.splice(from, 1));
  keep(items, words.moved.replace("{title}", () => items[to].title).replace("{n}", to + 1));
  // At an end of the list there is but the way back.
  const item = list.children[to];
  (item.querySelector(`[data-act="${act}"]`) ?? item.querySelector("button")).focus();
}

function remove(at) {
  const items = kept();
  const [gone] = items.splice(at, 1);
  keep(items, `${words.removed} ${gone.title}`);
  const item = list.children[Math.min(at, list.children.length - 1)];
  (item.querySelector('[data-act="remove"]') ?? item).focus();
}

function show() {
  const items = kept();
  copyAll.parentElement.hidden = !items.length;
  list.replaceChildren(...items.map(({ title, url, lang }, at) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
    if (lang) link.lang = link.hreflang = lang;
    item.append(link, " ");
    if (at) item.append(button("up", title, () => move(at, at - 1, "up")), " ");
    if (at < items.length - 1) item.append(button("down", title, () => move(at, at + 1, "down")), " ");
    item.append(button("remove", title, () => remove(at)));
    return item;
  }));
  if (!items.length) list.append(Object.assign(document.createElement("li"), { className: "none", textContent: words.empty, tabIndex: -1 }));
}

// A citation names a decision, so it leads to the edition of that decision.
function cite({ title, url, citation, source }) {
  return `${citation || title} ${new URL(source || url, location)}`;
}

copyAll.textContent = words.copy;
copyAll.addEventListener("click", async () => {
  await navigator.clipboard.writeText(kept().map(cite).join("\n"));
  told.textContent = copyAll.textContent = words.copied;
  setTimeout(() => { copyAll.textContent = words.copy; }, 2000);
});
show();
