// Tools for reading a text: contents that follow, previews, copies of links and citations.

const say = document.getElementById("reading-words").dataset;
const article = document.querySelector("article");
const touched = matchMedia("(hover: none)");

function make(name, facts, ...children) {
  const element = Object.assign(document.createElement(name), facts);
  element.append(...children);
  return element;
}

// --- One popup for all, which can be pointed at, and goes with Escape (WCAG 1.4.13) -------------

// It takes the focus, so that to press inside of it, as to select a word, is not to leave it.
const popup = make("div", { className: "popup", id: "popup", popover: "manual", tabIndex: -1 });
popup.setAttribute("role", "group");
popup.setAttribute("aria-live", "polite");
document.body.append(popup);
let owner = null;
// Where the focus goes on when it leaves the popup, and what shall not be opened by that.
let home = null;
let dismissed = null;
let leaving = 0;

const hasFocus = () => popup.contains(document.activeElement) || owner === document.activeElement;
const isPointedAt = () => popup.matches(":hover") || owner.matches(":hover");

function open(at, back, ...children) {
  close();
  [owner, home] = [at, back];
  popup.replaceChildren(...children);
  popup.showPopover();
  at.setAttribute("aria-describedby", "popup");
  put(at.getBoundingClientRect());
}

// Below what it belongs to, else above it, else where there is more room, which it keeps to.
function put(there) {
  const edge = 8;
  Object.assign(popup.style, { left: 0, top: 0, maxHeight: "" });
  const { width, height } = popup.getBoundingClientRect();
  const [above, below] = [there.top - 6 - edge, innerHeight - there.bottom - 6 - edge];
  const isAbove = height > below && above > below;
  const tall = Math.min(height, Math.max(isAbove ? above : below, 120));
  const top = isAbove ? there.top - 6 - tall : there.bottom + 6;
  const within = (place, size, room) => Math.max(edge, Math.min(place, room - size - edge));
  popup.style.maxHeight = `${tall}px`;
  popup.style.left = `${scrollX + within(there.left, width, document.documentElement.clientWidth)}px`;
  popup.style.top = `${scrollY + within(top, tall, innerHeight)}px`;
  popup.scrollTop = 0;
}

function close() {
  clearTimeout(leaving);
  if (!owner) return;
  owner.removeAttribute("aria-describedby");
  owner = null;
  popup.hidePopover();
}

// What has the focus keeps the popup, wherever the pointer is.
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => { if (owner && !hasFocus() && !isPointedAt()) close(); }, 350);
}

function dismiss() {
  const back = popup.contains(document.activeElement) && home;
  dismissed = owner;
  close();
  if (!back) return;
  if (back.tabIndex < 0) {
    back.tabIndex = -1;
    back.addEventListener("blur", () => back.removeAttribute("tabindex"), { once: true });
  }
  back.focus({ preventScroll: true });
}

popup.addEventListener("pointerenter", () => clearTimeout(leaving));
popup.addEventListener("pointerleave", leave);
popup.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !popup.contains(relatedTarget)) close(); });
popup.addEventListener("click", ({ target }) => { if (target.closest("a")) close(); });
popup.addEventListener("keydown", (event) => {
  if (event.key !== "Tab") return;
  // It stands at the end of the page, but is left to where it was opened.
  const stops = [popup, ...popup.querySelectorAll("a, button")];
  const at = stops.indexOf(document.activeElement);
  if (event.shiftKey ? at > 1 : at < stops.length - 1) return;
  dismiss();
  if (event.shiftKey) event.preventDefault();
});
addEventListener("keydown", ({ key }) => { if (key === "Escape" && owner) dismiss(); });
addEventListener("pointerdown", ({ target }) => {
  if (owner && !popup.contains(target) && !owner.contains(target)) close();
});

// --- What a term means and what a referenced section says ---------------------------------------

const seen = new Map();
const MOST_HEADINGS = 8;

async function read(url) {
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const id = decodeURIComponent(new URL(url, location).hash.slice(1));
  const section = (id && page.getElementById(id)?.closest(".text")) || page.querySelector(".text");
  if (!section) return null;
  for (const more of page.querySelectorAll(".permalink, .shares, .term rt, .term rp")) more.remove();
  const paragraphs = [];
  for (const one of section.querySelectorAll("p, li, td")) {
    if (paragraphs.join("").length > 220) break;
    paragraphs.push(one.textContent.trim());
  }
  const said = paragraphs.filter(Boolean);
  return {
    lang: page.querySelector("article")?.lang,
    heading: headingOf(section),
    paragraphs: said.length ? said : headingsBelow(section),
  };
}

const headingOf = (section) => section.querySelector("h1, h2, h3, h4, h5, h6").textContent.trim();
const levelOf = (section) => Number(section.className.match(/level-(\d+)/)[1]);

// What a section without a text of its own is made of; those of other levels are left out.
function headingsBelow(section) {
  const below = [];
  for (let next = section.nextElementSibling; next?.matches(".text"); next = next.nextElementSibling) {
    if (levelOf(next) <= levelOf(section)) break;
    below.push(next);
  }
  const step = Math.min(...below.map(levelOf));
  const headings = below.filter((one) => levelOf(one) === step).map(headingOf);
  return headings.length > MOST_HEADINGS ? [...headings.slice(0, MOST_HEADINGS), "…"] : headings;
}

async function preview(link) {
  if (owner === link || link === dismissed) return;
  if (!seen.has(link.href)) seen.set(link.href, read(link.href).catch(() => null));
  const found = await seen.get(link.href);
  const wanted = link.matches(":hover, :focus") || link === awaited;
  // What somebody is about inside of the popup is not taken away by a pointer that passes.
  if (!found || !wanted || link === dismissed || (owner && document.activeElement !== link && hasFocus())) return;
  const heading = make("p", { className: "heading" }, make("strong", {}, found.heading));
  const texts = found.paragraphs.map((text) => make("p", {}, text.length > 220 ? `${text.slice(0, 220)}…` : text));
  const further = make("p", {}, make("a", { href: link.href }, say.open));
  for (const one of [heading, ...texts]) one.lang = found.lang;
  open(link, link, heading, ...texts, further);
}

let awaited = null;
let hovering = 0;
for (const link of document.querySelectorAll(".text a[href]")) {
  const isText = link.origin === location.origin && /\/(guidelines|s)\/[^/]+\//.test(link.pathname);
  if (!isText || link.matches(".permalink, .footnote-ref, .footnote-backref")) continue;
  link.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType === "touch") return;
    clearTimeout(hovering);
    clearTimeout(leaving);
    dismissed = null;
    hovering = setTimeout(preview, 250, link);
  });
  link.addEventListener("pointerleave", () => { clearTimeout(hovering); leave(); });
  link.addEventListener("focus", () => { if (link.matches(":focus-visible")) preview(link); });
  link.addEventListener("blur", ({ relatedTarget }) => {
    dismissed = null;
    if (!popup.contains(relatedTarget)) leave();
  });
  // A finger cannot hover: it asks what a term means, and goes on from there.
  link.addEventListener("click", (event) => {
    if (!touched.matches || !link.matches(".term") || owner === link) return close();
    event.preventDefault();
    awaited = link;
    preview(link);
  });
}

// --- Links and citations of sections and paragraphs ---------------------------------------------

// What can be copied is written by a script that comes when it is first asked for.
async function choices(at, section, paragraph) {
  const { menu } = await import(say.copying);
  const list = menu(section, paragraph, say, () => setTimeout(() => { if (owner === at) dismiss(); }, 900));
  // The sign beside a paragraph is at no place of its own in the order of the page.
  open(at, at.matches(".pilcrow") ? paragraph : at, list);
  list.firstElementChild.focus();
}

// Numbers of paragraphs, when wished for: by keyboard and by finger they lead to the same copies.
const numbered = () => document.documentElement.dataset.paragraphs === "on";
const pilcrow = make("button", { type: "button", className: "pilcrow", hidden: true, tabIndex: -1 }, "¶");

if (navigator.clipboard) {
  for (const sign of document.querySelectorAll(".text .permalink")) {
    sign.addEventListener("click", (event) => {
      event.preventDefault();
      choices(sign, sign.closest(".text"));
    });
  }
  pilcrow.setAttribute("aria-label", say.choices);
  document.body.append(pilcrow);
  let pointed = null;
  article?.addEventListener("pointerover", ({ target, pointerType }) => {
    const paragraph = target.closest(".text p[id^='p-']");
    if (numbered() || !paragraph || pointerType === "touch" || paragraph === pointed) return;
    pointed = paragraph;
    const there = paragraph.getBoundingClientRect();
    pilcrow.hidden = there.left < 48;
    pilcrow.style.left = `${scrollX + there.left - 40}px`;
    pilcrow.style.top = `${scrollY + there.top}px`;
  });
  pilcrow.addEventListener("click", () => choices(pilcrow, pointed.closest(".text"), pointed));
}

function showNumbers() {
  pilcrow.hidden = true;
  for (const number of document.querySelectorAll(".numbered-paragraph")) number.remove();
  for (const paragraph of numbered() ? document.querySelectorAll(".text p[id^='p-']") : []) {
    const number = paragraph.id.split("-").at(-1);
    const link = make("a", { className: "numbered-paragraph", href: `#${paragraph.id}` }, number);
    const meant = `${say.paragraph} ${number}`;
    link.setAttribute("aria-label", navigator.clipboard ? `${meant}: ${say.choices}` : meant);
    if (navigator.clipboard) link.addEventListener("click", (event) => {
      // To jump there would take the focus from the choices.
      event.preventDefault();
      choices(link, paragraph.closest(".text"), paragraph);
    });
    paragraph.prepend(link);
  }
}
document.addEventListener("display", showNumbers);
showNumbers();

// --- Contents that follow the scroll, and fold --------------------------------------------------

const contents = document.getElementById("contents-beside");
if (contents) {
  const links = new Map([...contents.querySelectorAll("a[href^='#s-']")].map((link) => [link.hash.slice(1), link]));
  let here = null;
  const inView = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target); else inView.delete(target);
    }
    const heading = [...inView].sort((one, other) => other.getBoundingClientRect().top - one.getBoundingClientRect().top).at(0);
    const link = heading && links.get(`s-${heading.dataset.key}`);
    if (!link || link === here) return;
    here?.removeAttribute("aria-current");
    here = link;
    here.setAttribute("aria-current", "location");
    const [box, frame] = [here.getBoundingClientRect(), contents.getBoundingClientRect()];
    if (box.top < frame.top || box.bottom > frame.bottom) contents.scrollTop += box.top - frame.top - frame.height / 3;
  }, { rootMargin: "0px 0px -66% 0px" });
  for (const section of document.querySelectorAll("section.text")) watch.observe(section);

  contents.classList.add("foldable");
  for (const branch of contents.querySelectorAll("li > ol")) {
    const fold = make("button", { type: "button", className: "fold" }, "▾");
    const show = (open) => {
      branch.hidden = !open;
      fold.textContent = open ? "▾" : "▸";
      fold.setAttribute("aria-expanded", open);
      fold.setAttribute("aria-label", `${branch.parentElement.querySelector("a").textContent}: ${open ? say.fold : say.unfold}`);
    };
    show(true);
    fold.addEventListener("click", () => show(branch.hidden));
    branch.before(fold);
  }
  // On a phone the contents are a drawer, which makes way for the passage one went to.
  contents.addEventListener("click", ({ target }) => {
    if (target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });
}

// --- The list of what to read, kept in this browser alone ---------------------------------------

for (const button of document.querySelectorAll("button.keep")) {
  const { key, title, url, lang, citation, source } = button.dataset;
  const kept = () => {
    const stored = localStorage.getItem("reading-list");
    try { return [JSON.parse(stored)].flat().filter((one) => one?.key); } catch { return []; }
  };
  const show = () => { button.textContent = kept().some((one) => one.key === key) ? say.kept : say.keep; };
  button.addEventListener("click", () => {
    const others = kept().filter((one) => one.key !== key);
    const adds = others.length === kept().length;
    const items = adds ? [...others, { key, title, url, lang, citation, source }] : others;
    localStorage.setItem("reading-list", JSON.stringify(items));
    show();
  });
  try { show(); button.hidden = false; } catch { /* A browser that keeps nothing has no list. */ }
}

// The way back to what was found leads to the very page of it that the reader came from.
const back = document.querySelector(".highlighted .back");
if (back && document.referrer.startsWith(new URL(back.getAttribute("href").split("?")[0], location))) back.href = document.referrer;
