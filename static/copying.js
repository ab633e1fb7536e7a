// What can be copied of a section or of one of its paragraphs: its link, and its citation in each form.

const article = document.querySelector("article");
// What TeX takes for a command, and how it is told not to; as guidelines/citing.py does.
const ESCAPED = { "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
const escaped = (text) => text.replace(/[$&#%_{}\\^~]/g, (sign) => ESCAPED[sign] ?? `\\${sign}`);

// Today's text is meant by the permanent address, that of a day by the address in its edition.
function address(section, hash) {
  const { edition } = article.dataset;
  const link = edition ? new URL(`${edition}${section.dataset.address}/`, location) : section.querySelector(".permalink");
  return link.href + hash;
}

function place({ dataset }, number, language) {
  const where = (language === "en" && dataset.placeEn) || dataset.place;
  if (!number) return where;
  return where + (language === "en" ? `, paragraph ${number}` : `第${number}段落`);
}

function bibtex(section, number, hash) {
  const own = section.dataset.address;
  return article.dataset.citeBibtex
    .replace("{address}/", () => `${own}/${hash}`)
    .replace("{address}", () => own + (number ? `:p${number}` : ""))
    .replace("{place}", () => escaped(place(section, number, article.lang)));
}

// The buttons, in the words of the page; `done` is told when one of them has copied.
export function menu(section, paragraph, say, done) {
  const hash = paragraph ? `#${paragraph.id}` : "";
  const number = paragraph?.id.split("-").at(-1);
  const cite = (pattern, language) => pattern.replace("{place}", () => place(section, number, language));
  const offers = [
    [paragraph ? say.copyLink : say.copySection, address(section, hash)],
    [say.copyJa, cite(article.dataset.citeJa, "ja")],
    [say.copyEn, cite(article.dataset.citeEn, "en")],
    [say.copyBibtex, bibtex(section, number, hash)],
  ];
  const list = Object.assign(document.createElement("div"), { className: "choices" });
  list.append(...offers.map(([label, text]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = say.copied;
      done();
    });
    return button;
  }));
  return list;
}
